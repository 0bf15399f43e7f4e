package dev.instar.cli;

import dev.instar.evaluate.TrainedModel;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.loader.LabelledSplit;
import dev.instar.model.Network;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.Sources;
import dev.instar.report.EvaluationJson;
import dev.instar.report.EvaluationReport;
import dev.instar.report.EvaluationText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar evaluate}: how good a trained network is. */
@Command(
    name = "evaluate",
    header = "Say how good a trained network is.",
    customSynopsis = "instar evaluate RUN [OPTIONS]",
    description = {
      "Classify the records of a split, and say how often that is right.",
      "Writes evaluation-SPLIT.json, evaluation-SPLIT.html and predictions-SPLIT.csv into the run's folder. Records that cannot be decoded are left out, named and counted (exit status 3)."
    },
    footer = {
      "",
      "Examples:",
      "  instar evaluate runs/x",
      "  instar evaluate runs/x --split validation --json | jq .macro_top"
    })
final class EvaluateCommand implements Callable<Integer> {
  static final String USUAL_KS = "1,3,5,10";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The folder that instar train wrote.")
  private Path run;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "test",
      description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private EvaluationPass.Part part;

  @Option(
      names = "--pack",
      paramLabel = "PACK",
      description = "Where the pictures are (default: where they were in training).")
  private Path pack;

  @Option(
      names = "--metadata",
      paramLabel = "TABLE",
      description = "The table of classes and splits (default: that of training).")
  private Path metadata;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      description = "Where the files go (default: the run's folder).")
  private Path output;

  @Option(
      names = "--k",
      paramLabel = "K",
      split = ",",
      defaultValue = USUAL_KS,
      converter = Converters.Positive.class,
      description = "Places that count as right in top-k accuracy (default: ${DEFAULT-VALUE}).")
  private List<Integer> ks;

  @Mixin private BootstrapOptions bootstrap;

  @Option(
      names = "--no-average-k",
      description =
          "Leave out average-k accuracy, whose thresholds take a pass over the validation set.")
  private boolean withoutAverageK;

  @Option(
      names = "--reference-metrics",
      description = "Add measures as the published program computes them, faults included.")
  private boolean reference;

  @Option(names = "--parquet", description = "Write predictions as Parquet too.")
  private boolean parquet;

  @Option(names = "--json", description = "Print the JSON instead of tables.")
  private boolean json;

  @Mixin private InferenceOptions options;

  @Override
  public Integer call() throws IOException, InterruptedException {
    TrainedModel model = TrainedModel.read(run);
    Path folder = output == null ? run : output;
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    Path pictures = existing(pack, model.pack(), "--pack");
    Path table = existing(metadata, model.metadata(), "--metadata");
    try (ImageSource source = Sources.open(List.of(pictures.toString()), Limits.DEFAULT)) {
      LabelledSplit labelled = LabelledSplit.read(table, model.experiment(), model.task(), source);
      Inference inference = options.inference();
      EvaluationPass pass =
          new EvaluationPass(
              model, labelled, part, inference, spec.commandLine().getErr(), () -> false);
      try (Network network = inference.network(model, run)) {
        pass.classify(network, !withoutAverageK);
      }
      EvaluationReport report =
          pass.report(
              run,
              List.copyOf(new TreeSet<>(ks)),
              reference,
              bootstrap.replicates(),
              bootstrap.seed());
      report = report.with(inference.settings(model, run, pictures, table));
      pass.write(folder, report);
      if (parquet) {
        pass.writePredictions(pass.file(folder, "predictions", "parquet"));
      }
      print(pass.file(folder, "evaluation", "json"), report);
      return pass.skipped() > 0 ? ExitStatus.QUARANTINED : ExitStatus.DONE;
    }
  }

  private Path existing(Path named, Path trained, String option) throws InputException {
    if (named == null && !Files.exists(trained)) {
      throw new InputException(
          Fault.UNREADABLE,
          trained
              + ", which "
              + run
              + " was trained with, is gone; "
              + option
              + " says where it is");
    }
    return named == null ? trained : named;
  }

  private void print(Path written, EvaluationReport report) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(EvaluationJson.of(report));
    } else {
      out.printf(
          "%s, %s: %,d records of %d classes%n%n",
          run, part, report.evaluation().size(), report.evaluation().presentClasses());
      out.println(EvaluationText.measures(report).text());
      if (!report.ranks().isEmpty()) {
        out.println(EvaluationText.ranks(report).text());
      }
      out.println(EvaluationText.classes(report).text());
      EvaluationText.reference(report).ifPresent(table -> out.println(table.text()));
      out.printf("wrote %s, and beside it the page and predictions%n", written);
    }
    out.flush();
  }
}
