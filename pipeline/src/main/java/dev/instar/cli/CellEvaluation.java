package dev.instar.cli;

import dev.instar.evaluate.Calibration;
import dev.instar.evaluate.Evaluation;
import dev.instar.evaluate.TrainedModel;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.loader.LabelledSplit;
import dev.instar.model.Network;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.Sources;
import dev.instar.report.EvaluationReport;
import dev.instar.sweep.Measure;
import dev.instar.sweep.Scores;
import dev.instar.train.TrainingPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * How good a cell's best weights are, on what decided that they are the best and on what nobody has
 * looked at before.
 *
 * @param validation scores on the validation set
 * @param test scores on the test set
 * @param skipped records of both that could not be decoded
 */
record CellEvaluation(Scores validation, Scores test, long skipped) {
  private static final List<Integer> KS =
      Stream.of(EvaluateCommand.USUAL_KS.split(",", -1)).map(Integer::valueOf).toList();

  /**
   * Checks what a training does not: whether there will be something to test.
   *
   * @throws InputException if there is not
   */
  static void requireTest(TrainingPlan plan) throws IOException {
    try (ImageSource source = source(plan)) {
      if (split(plan, source).test().size() == 0) {
        throw new InputException(
            Fault.UNSUPPORTED,
            plan.metadata()
                + ": no record that is 'test' in "
                + plan.splitColumn()
                + " has both a picture and a class; a cell's result needs some");
      }
    }
  }

  /**
   * Evaluates, and writes into the run's folder what instar evaluate does.
   *
   * @param device that the network is run on
   * @param err where records that cannot be decoded are named
   * @param stop asked after every batch
   * @throws CancellationException if it was told to stop
   */
  static CellEvaluation of(TrainingPlan plan, String device, PrintWriter err, BooleanSupplier stop)
      throws IOException, InterruptedException {
    Path run = plan.conduct().folder();
    TrainedModel model = TrainedModel.read(run);
    Inference inference =
        new Inference(
            Optional.empty(),
            Inference.USUAL_BATCH,
            plan.conduct().threads(),
            plan.conduct().torchThreads(),
            device);
    try (ImageSource source = source(plan);
        Network network = inference.network(model, run)) {
      LabelledSplit split = split(plan, source);
      EvaluationPass validation =
          new EvaluationPass(model, split, EvaluationPass.Part.validation, inference, err, stop);
      EvaluationPass test =
          new EvaluationPass(model, split, EvaluationPass.Part.test, inference, err, stop);
      validation.classify(network, true);
      test.classify(network, validation);
      Map<String, String> settings = inference.settings(model, run, plan.pack(), plan.metadata());
      for (EvaluationPass pass : List.of(validation, test)) {
        EvaluationReport report =
            pass.report(
                run, KS, false, BootstrapOptions.USUAL_REPLICATES, BootstrapOptions.USUAL_SEED);
        pass.write(run, report.with(settings));
      }
      return new CellEvaluation(
          scores(validation.evaluation()),
          scores(test.evaluation()),
          validation.skipped() + test.skipped());
    }
  }

  private static ImageSource source(TrainingPlan plan) throws IOException {
    return Sources.open(List.of(plan.copies().pack().toString()), Limits.DEFAULT);
  }

  private static LabelledSplit split(TrainingPlan plan, ImageSource source) throws IOException {
    return LabelledSplit.read(plan.copies().metadata(), plan.splitColumn(), plan.target(), source);
  }

  /** A top-k that every network reaches says nothing, and is left out. */
  static Scores scores(Evaluation evaluation) {
    Map<Measure, Double> values = new EnumMap<>(Measure.class);
    put(values, evaluation, 1, Measure.TOP1, Measure.MACRO_TOP1);
    put(values, evaluation, 3, Measure.TOP3, Measure.MACRO_TOP3);
    put(values, evaluation, 5, Measure.TOP5, Measure.MACRO_TOP5);
    values.put(Measure.MACRO_F1, evaluation.macroF1());
    values.put(Measure.MICRO_F1, evaluation.confusion().accuracy());
    values.put(Measure.CALIBRATION_ERROR, evaluation.calibration(Calibration.BINS).expectedError());
    values.put(Measure.LOSS, evaluation.loss());
    return new Scores(evaluation.size(), evaluation.presentClasses(), values);
  }

  private static void put(
      Map<Measure, Double> values, Evaluation evaluation, int k, Measure top, Measure macro) {
    if (k < evaluation.classes()) {
      values.put(top, evaluation.top(k));
      values.put(macro, evaluation.macroTop(k));
    }
  }
}
