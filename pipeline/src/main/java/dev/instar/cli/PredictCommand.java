package dev.instar.cli;

import dev.instar.convert.Progress;
import dev.instar.evaluate.Identifier;
import dev.instar.evaluate.Scoring;
import dev.instar.evaluate.Subset;
import dev.instar.evaluate.TrainedModel;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.loader.BatchLoader;
import dev.instar.loader.Samples;
import dev.instar.model.Network;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.Sources;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar predict}: what is on photographs. */
@Command(
    name = "predict",
    header = "Say what is on photographs.",
    customSynopsis = "instar predict RUN INPUT... [OPTIONS]",
    description =
        "Classify photographs of any size with a trained network. Those that cannot be read are named, and the others go on (exit status 3).",
    footer = {
      "",
      "Examples:",
      "  instar predict runs/x photos/ --csv names.csv",
      "  instar predict runs/x IMG_0001.jpg --min-confidence 0.9",
      "  instar predict runs/x traps.zip --subset checklist.txt --json | jq .class"
    })
final class PredictCommand implements Callable<Integer> {
  /** How many names of a subset that are not known a message lists. */
  private static final int MOST_NAMES = 10;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "The folder that instar train wrote.")
  private Path run;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "INPUT",
      description =
          "Folders, pictures, zip, tar, HDF5, packs, lists of paths (.txt, or - for standard input).")
  private List<String> inputs;

  @Option(
      names = "--top",
      paramLabel = "K",
      defaultValue = "5",
      converter = Converters.Positive.class,
      description = "Classes to list, the likeliest first (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(
      names = "--min-confidence",
      paramLabel = "P",
      converter = Converters.Probability.class,
      description =
          "Name the narrowest taxon whose classes reach this probability together, such as 0.9.")
  private Double confidence;

  @Option(
      names = "--subset",
      paramLabel = "NAMES",
      description =
          "Only these classes are possible: a file with a name a line, or names with commas between. A wider taxon stands for all of its classes.")
  private String subset;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write a table instead of printing.")
  private Path csv;

  @Option(names = "--json", description = "Print an object a line instead.")
  private boolean json;

  @Mixin private InferenceOptions options;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (csv != null && json) {
      throw new ParameterException(spec.commandLine(), "--csv and --json: say one of them");
    }
    TrainedModel model = TrainedModel.read(run);
    OptionalDouble least =
        confidence == null ? OptionalDouble.empty() : OptionalDouble.of(confidence);
    int listed = Math.min(top, model.classes().size());
    Identifier identifier =
        new Identifier(model.classes(), model.task(), possible(model), listed, least);
    try (ImageSource source = Sources.open(inputs, Limits.DEFAULT)) {
      if (source.size() == 0) {
        throw new InputException(Fault.UNREADABLE, String.join(", ", inputs) + " holds no picture");
      }
      try (Network network = options.inference().network(model, run);
          PredictionOutput output = output(model, source, listed)) {
        long unreadable = identify(network, model, Samples.unlabelled(source), identifier, output);
        output.finish();
        return unreadable > 0 ? ExitStatus.QUARANTINED : ExitStatus.DONE;
      }
    }
  }

  private PredictionOutput output(TrainedModel model, ImageSource source, int listed)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (csv != null) {
      return new PredictionTable(csv, listed, confidence != null);
    }
    return json
        ? new PredictionLines(out, confidence != null)
        : new PredictionText(out, model, source, confidence != null);
  }

  private Subset possible(TrainedModel model) throws IOException {
    if (subset == null) {
      return Subset.all(model.classes());
    }
    List<String> names;
    if (Files.isRegularFile(Path.of(subset))) {
      try {
        names = names(Files.readAllLines(Path.of(subset)).stream());
      } catch (CharacterCodingException e) {
        throw new InputException(
            Fault.UNSUPPORTED, subset + " is no list of names: it is not UTF-8", e);
      }
    } else {
      names = names(Arrays.stream(subset.split(",", -1)));
    }
    Subset possible = Subset.named(names, model.classes());
    if (possible.classes().isEmpty()) {
      throw new InputException(
          Fault.UNSUPPORTED,
          "none of the names of --subset "
              + subset
              + " is one of the model's classes, which are such as "
              + model.classes().get(0).name()
              + "; is it the file that was meant?");
    }
    if (!possible.unknown().isEmpty()) {
      List<String> some = possible.unknown().stream().limit(MOST_NAMES).toList();
      spec.commandLine()
          .getErr()
          .printf(
              "instar: %,d of the %,d names of the subset are not among the model's classes: %s%s%n",
              possible.unknown().size(),
              names.size(),
              String.join(", ", some),
              some.size() < possible.unknown().size() ? "..." : "");
    }
    return possible;
  }

  private static List<String> names(Stream<String> texts) {
    return texts
        .map(String::strip)
        .filter(name -> !name.isEmpty() && !name.startsWith("#"))
        .distinct()
        .toList();
  }

  /** Returns how many could not be read. */
  private long identify(
      Network network,
      TrainedModel model,
      Samples samples,
      Identifier identifier,
      PredictionOutput output)
      throws IOException, InterruptedException {
    Progress progress = Progress.on(System.err, Terminal.onStandardError(), "predict");
    progress.begin(samples.size());
    PrintWriter err = spec.commandLine().getErr();
    InTurn turn = new InTurn(samples, output);
    try (BatchLoader loader =
        options
            .inference()
            .loader(
                model,
                samples,
                (location, reason) -> {
                  progress.end();
                  err.println("instar: " + location + ": " + reason.getMessage());
                  turn.refused(reason.getMessage());
                })) {
      try {
        Scoring.run(
            network,
            loader,
            (batch, logits, classes) -> {
              progress.end();
              for (int i = 0; i < batch.size(); i++) {
                turn.identified(batch.sample(i), identifier.identify(logits, i));
              }
              progress.show(turn.done(), 0, 0);
            });
      } catch (InputException e) {
        if (loader.skipped() < samples.size()) {
          throw e;
        } // else none could be read, and each was named
      }
      turn.rest();
      return loader.skipped();
    } finally {
      progress.end();
    }
  }
}
