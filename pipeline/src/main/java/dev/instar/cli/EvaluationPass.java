package dev.instar.cli;

import dev.instar.convert.Progress;
import dev.instar.evaluate.AverageK;
import dev.instar.evaluate.Bootstrap;
import dev.instar.evaluate.Evaluation;
import dev.instar.evaluate.KnownSamples;
import dev.instar.evaluate.PredictionRows;
import dev.instar.evaluate.Predictions;
import dev.instar.evaluate.RankAccuracy;
import dev.instar.evaluate.TrainedModel;
import dev.instar.evaluate.WiderRank;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.loader.BatchLoader;
import dev.instar.loader.LabelledSplit;
import dev.instar.loader.Samples;
import dev.instar.model.Network;
import dev.instar.report.EvaluationReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code instar evaluate} does with the records of a split. */
final class EvaluationPass {
  /** The parts of an experiment, as they are written. */
  enum Part {
    train,
    validation,
    test
  }

  private final TrainedModel model;
  private final LabelledSplit labelled;
  private final Part part;
  private final InferenceOptions inference;
  private final PrintWriter err;
  private final KnownSamples known;
  private Predictions predictions;
  private Evaluation evaluation;
  private Optional<Predictions> validation = Optional.empty();
  private long skipped;

  /**
   * Looks up the records.
   *
   * @throws InputException if there are none
   */
  EvaluationPass(
      TrainedModel model,
      LabelledSplit labelled,
      Part part,
      InferenceOptions inference,
      PrintWriter err)
      throws InputException {
    this.model = model;
    this.labelled = labelled;
    this.part = part;
    this.inference = inference;
    this.err = err;
    known = known(part);
    if (known.samples().size() == 0) {
      throw new InputException(
          Fault.UNREADABLE,
          "the "
              + part
              + " split of "
              + model.experiment()
              + " has no record with both a picture and a class that the model knows");
    }
  }

  private KnownSamples known(Part wanted) {
    Samples samples =
        switch (wanted) {
          case train -> labelled.train();
          case validation -> labelled.validation();
          case test -> labelled.test();
        };
    return KnownSamples.of(samples, labelled.classes(), model.classes());
  }

  /**
   * Runs the network over the records, and over the validation set if that is another one.
   *
   * @param withThresholds whether the validation set is needed
   */
  void classify(Network network, boolean withThresholds) throws IOException, InterruptedException {
    predictions = predict(network, known.samples(), part.name());
    evaluation = Evaluation.of(predictions);
    skipped = (long) known.samples().size() - predictions.size();
    if (withThresholds && part == Part.validation) {
      validation = Optional.of(predictions);
    } else if (withThresholds) {
      Samples others = known(Part.validation).samples();
      if (others.size() > 0) {
        validation = Optional.of(predict(network, others, "validation, for average-k"));
      }
    }
  }

  private Predictions predict(Network network, Samples samples, String what)
      throws IOException, InterruptedException {
    Progress progress = Progress.on(System.err, Terminal.onStandardError(), "evaluate " + what);
    long[] done = {0};
    progress.begin(samples.size());
    try (BatchLoader loader =
        inference.loader(
            model,
            samples,
            (location, reason) ->
                err.println("instar: left out: " + location + ": " + reason.getMessage()))) {
      return Predictions.of(
          network,
          loader,
          count -> {
            done[0] += count;
            progress.show(done[0], 0, 0);
          });
    } finally {
      progress.end();
    }
  }

  /** Records of the split that could not be decoded. */
  long skipped() {
    return skipped;
  }

  /** Scores what {@link #classify} predicted. */
  EvaluationReport report(
      Path run, List<Integer> asked, boolean reference, int replicates, long seed) {
    List<Integer> ks = asked.stream().filter(k -> k < model.classes().size()).toList();
    return new EvaluationReport(
        run.toAbsolutePath().normalize().getFileName().toString(),
        part.name(),
        model.task(),
        model.classes(),
        evaluation,
        ks,
        validation.map(of -> AverageK.of(of, ks)).orElse(List.of()),
        reference
            ? Optional.of(validation.map(of -> AverageK.asReference(of, ks)).orElse(List.of()))
            : Optional.empty(),
        replicates == 0
            ? Optional.empty()
            : Optional.of(Bootstrap.of(evaluation, ks, replicates, seed)),
        RankAccuracy.of(predictions, evaluation, WiderRank.of(model.classes())),
        leftOut(),
        Map.of());
  }

  private Map<String, Long> leftOut() {
    Map<String, Long> reasons = new LinkedHashMap<>();
    reasons.put("could not be decoded", skipped);
    reasons.put("of classes that the model does not know", (long) known.unknown());
    reasons.put("rows of the experiment without a picture", (long) labelled.pictureless());
    reasons.put("rows of the experiment without a class", (long) labelled.unknownClass());
    reasons.values().removeIf(count -> count == 0);
    return reasons;
  }

  /** Writes the predictions as a table. */
  void write(PredictionRows rows, Path file) throws IOException {
    rows.write(file, predictions, evaluation, known.samples());
  }
}
