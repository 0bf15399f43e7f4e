package dev.instar.cli;

import dev.instar.image.InputException;
import dev.instar.train.Conduct;
import dev.instar.train.Measured;
import dev.instar.train.RecipeForm;
import dev.instar.train.TrainingLog;
import dev.instar.train.TrainingResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a network is trained, whatever it is taught, and what is said of it at the end. */
final class TrainingOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec verb;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change the recipe: --set optimizer.rate=1e-4")
  private List<String> changes = new ArrayList<>();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "As --set epochs=N.")
  private Integer epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "As --set batch=N.")
  private Integer batch;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      converter = Converters.Whole.class,
      description = "Of weights, order and every random change (1).")
  private long seed;

  @Mixin private ConductOptions conduct;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "RUN",
      description = "The folder of the run.")
  private Path output;

  @Option(names = "--overwrite", description = "Begin anew where the folder holds a run.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  /** A training, all of it but what it is told from outside. */
  @FunctionalInterface
  interface Session<M extends Measured> {
    /**
     * Trains.
     *
     * @param stop asked after every step; once true, the run is saved and left
     */
    TrainingResult<M> run(TrainingLog log, BooleanSupplier stop)
        throws IOException, InterruptedException;
  }

  /** What of these options does not concern the recipe. */
  Conduct conduct() {
    return conduct.of(seed, output, overwrite);
  }

  /**
   * What these options change of a recipe, as {@code key=value}; what {@code --set} says is the
   * last word.
   *
   * @param own changes that options of the verb itself stand for
   */
  List<String> changes(List<String> own) {
    List<String> all = new ArrayList<>(own);
    if (epochs != null) {
      all.add("epochs=" + epochs);
    }
    if (batch != null) {
      all.add("batch=" + batch);
    }
    all.addAll(changes);
    return all;
  }

  /**
   * A recipe, changed.
   *
   * @param all of {@link #changes(List)}
   * @throws ParameterException if the recipe is sound and the changes are not
   */
  <R> R recipe(RecipeForm<R> form, String nameOrFile, List<String> all) throws IOException {
    R unchanged = form.read(nameOrFile, List.of());
    try {
      return all.isEmpty() ? unchanged : form.read(nameOrFile, all);
    } catch (InputException e) {
      throw new ParameterException(verb.commandLine(), e.getMessage());
    }
  }

  /**
   * Checks that files are there before LibTorch is loaded.
   *
   * @throws NoSuchFileException if one is not
   */
  static void requireExisting(List<Path> files, Optional<Path> weights) throws IOException {
    List<Path> all = new ArrayList<>(files);
    weights.ifPresent(all::add);
    for (Path file : all) {
      if (!Files.exists(file)) {
        throw new NoSuchFileException(file.toString());
      }
    }
  }

  /**
   * Trains to the end, or until a signal comes, and prints the result.
   *
   * @param summary prints it for people
   * @return the exit status
   */
  <M extends Measured> int run(
      Session<M> session, BiConsumer<PrintWriter, TrainingResult<M>> summary)
      throws IOException, InterruptedException {
    TrainingResult<M> result;
    try (StopSignal stop =
        StopSignal.listen(System.err, "stopping after this step; the same command continues")) {
      TrainingLog log = TrainingLog.on(System.err, Terminal.onStandardError());
      result = session.run(log, stop::requested);
    }
    PrintWriter out = verb.commandLine().getOut();
    if (json) {
      out.println(result.toJson());
    } else {
      summary.accept(out, result);
    }
    out.flush();
    if (!result.finished()) {
      return ExitStatus.STOPPED;
    }
    return result.skipped() > 0 ? ExitStatus.QUARANTINED : ExitStatus.DONE;
  }
}
