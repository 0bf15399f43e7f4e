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
import dev.instar.report.EvaluationJson;
import dev.instar.report.EvaluationPage;
import dev.instar.report.EvaluationReport;
import dev.instar.taxonomy.AtomicText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** What {@code instar evaluate} does with the records of a split. */
final class EvaluationPass {
  /** The parts of an experiment, as they are written. */
  enum Part {
    train,
    validation,
    test
  }

  /** How many classes a row of the table of predictions lists. */
  private static final int LISTED = 5;

  private final TrainedModel model;
  private final LabelledSplit labelled;
  private final Part part;
  private final Inference inference;
  private final PrintWriter err;
  private final BooleanSupplier stop;
  private final KnownSamples known;
  private Predictions predictions;
  private Evaluation evaluation;
  private Optional<Predictions> validation = Optional.empty();
  private long skipped;

  /**
   * Looks up the records.
   *
   * @param err where records that cannot be decoded are named
   * @param stop asked after every batch
   * @throws InputException if there are none
   */
  EvaluationPass(
      TrainedModel model,
      LabelledSplit labelled,
      Part part,
      Inference inference,
      PrintWriter err,
      BooleanSupplier stop)
      throws InputException {
    this.model = model;
    this.labelled = labelled;
    this.part = part;
    this.inference = inference;
    this.err = err;
    this.stop = stop;
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
   * @throws CancellationException if it was told to stop
   */
  void classify(Network network, boolean withThresholds) throws IOException, InterruptedException {
    classify(network);
    if (withThresholds && part == Part.validation) {
      validation = Optional.of(predictions);
    } else if (withThresholds) {
      Samples others = known(Part.validation).samples();
      if (others.size() > 0) {
        validation = Optional.of(predict(network, others, "validation, for average-k"));
      }
    }
  }

  /** As above, where another pass has been over the validation set. */
  void classify(Network network, EvaluationPass ofValidation)
      throws IOException, InterruptedException {
    classify(network);
    validation = Optional.of(ofValidation.predictions);
  }

  private void classify(Network network) throws IOException, InterruptedException {
    predictions = predict(network, known.samples(), part.name());
    evaluation = Evaluation.of(predictions);
    skipped = (long) known.samples().size() - predictions.size();
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
          inference.device(),
          count -> {
            done[0] += count;
            progress.show(done[0], 0, 0);
            if (stop.getAsBoolean()) {
              throw new CancellationException("told to stop");
            }
          });
    } finally {
      progress.end();
    }
  }

  /** How good {@link #classify}'s predictions are. */
  Evaluation evaluation() {
    return evaluation;
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
  void writePredictions(Path file) throws IOException {
    new PredictionRows(model.classes(), LISTED)
        .write(file, predictions, evaluation, known.samples());
  }

  /** Writes a report, as JSON and as a page, and the predictions as a table. */
  void write(Path folder, EvaluationReport report) throws IOException {
    AtomicText.write(file(folder, "evaluation", "json"), EvaluationJson.of(report) + "\n");
    AtomicText.write(file(folder, "evaluation", "html"), new EvaluationPage(report).html());
    writePredictions(file(folder, "predictions", "csv"));
  }

  /** The name of a file of this part. */
  Path file(Path folder, String what, String ending) {
    return folder.resolve(what + "-" + part + "." + ending);
  }
}
