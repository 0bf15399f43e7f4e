package dev.instar.cli;

import dev.instar.split.Experiment;
import dev.instar.split.Grouping;
import dev.instar.split.SplitPlan;
import dev.instar.split.SplitReport;
import dev.instar.split.SplitTable;
import dev.instar.split.SplitWriter;
import dev.instar.split.Strategy;
import dev.instar.taxonomy.BadRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code instar split}: training, validation and test sets for the six experiments. */
@Command(
    name = "split",
    header = "Say which records train, validate and test.",
    description = {
      "Add columns that say which records train, validate and test each of the six experiments.",
      "The same seed gives the same sets, whatever the order of rows. Columns that the table has already are kept. Class numbers go to NAME.classes.json beside the output."
    },
    footer = {
      "",
      "Examples:",
      "  instar split metadata.tsv -o split.tsv",
      "  instar split metadata.tsv -o by_bin.tsv --group bin --remake all"
    })
final class SplitCommand implements Callable<Integer> {
  private enum Compatibility {
    reference
  }

  private enum Group {
    none,
    barcode,
    bin
  }

  private enum SharingRule {
    balanced,
    proportional,
    sqrt
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "META", description = "The table: .tsv or .csv.")
  private Path input;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The table to write: .tsv or .csv.")
  private Path output;

  @Option(names = "--in-place", description = "Replace the input instead.")
  private boolean inPlace;

  @Option(names = "--overwrite", description = "Replace the output where it exists.")
  private boolean overwrite;

  @Option(
      names = "--experiments",
      paramLabel = "NAMES",
      defaultValue = "all",
      converter = Names.class,
      description =
          "Columns to make, with commas between: (large|medium|small)_(diptera_family|insect_order), or all (default).")
  private Named experiments;

  @Option(
      names = "--remake",
      paramLabel = "NAMES",
      converter = Names.class,
      description =
          "Columns to make even where the table has them, and those taken from them; all, or names as above.")
  private Named remade = new Named(Set.of());

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Chooses one of many splits (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--group",
      paramLabel = "WHAT",
      defaultValue = "none",
      description =
          "Keep records with the same barcode or BIN in one set: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Group group;

  @Option(
      names = "--strategy",
      paramLabel = "RULE",
      defaultValue = "balanced",
      description =
          "How medium and small sets share their records between classes: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private SharingRule strategy;

  @Option(
      names = "--small",
      paramLabel = "N",
      defaultValue = "" + SplitPlan.SMALL,
      converter = Converters.Positive.class,
      description = "Records of the small sets (default: ${DEFAULT-VALUE}).")
  private int small;

  @Option(
      names = "--medium",
      paramLabel = "N",
      defaultValue = "" + SplitPlan.MEDIUM,
      converter = Converters.Positive.class,
      description = "Records of the medium sets (default: ${DEFAULT-VALUE}).")
  private int medium;

  @Option(
      names = "--compat",
      paramLabel = "WHAT",
      description =
          "Split as the published program does, faults included: ${COMPLETION-CANDIDATES}.")
  private Compatibility compatibility;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Mixin private ThreadsOption threads;

  @Override
  public Integer call() throws IOException {
    Path target = target();
    SplitPlan plan = plan();
    SplitTable table = SplitTable.of(input, plan, threads.count());
    SplitWriter.write(input, table.experiments(), target);
    PrintWriter out = spec.commandLine().getOut();
    SplitReport report = new SplitReport(table);
    if (json) {
      out.println(report.toJson());
    } else {
      report.print(out);
      out.printf("wrote %s and %s%n", target, SplitWriter.classesBeside(target).getFileName());
    }
    return complain(table);
  }

  private int complain(SplitTable table) {
    if (table.bad().count() == 0) {
      return ExitStatus.DONE;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.printf(Locale.ROOT, "instar: %,d rows of %s are left out%n", table.bad().count(), input);
    for (BadRow bad : table.bad().first()) {
      err.println("instar: " + bad);
    }
    return ExitStatus.QUARANTINED;
  }

  private SplitPlan plan() {
    try {
      return new SplitPlan(
          experiments.experiments(),
          remade.experiments(),
          seed,
          compatibility == Compatibility.reference,
          switch (group) {
            case none -> Optional.empty();
            case barcode -> Optional.of(Grouping.BARCODE);
            case bin -> Optional.of(Grouping.BIN);
          },
          Strategy.valueOf(strategy.name().toUpperCase(Locale.ROOT)),
          small,
          medium);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Path target() throws IOException {
    if (inPlace == (output != null)) {
      throw new ParameterException(
          spec.commandLine(), "say where to: either -o FILE or --in-place");
    }
    if (inPlace) {
      return input.toRealPath();
    }
    if (Files.exists(input) && Files.exists(output) && Files.isSameFile(input, output)) {
      throw new ParameterException(
          spec.commandLine(), "the output is the input; --in-place replaces it");
    }
    Path folder = output.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    for (Path file : List.of(output, SplitWriter.classesBeside(output))) {
      if (Files.isDirectory(file) || Files.exists(file) && !overwrite) {
        throw new FileAlreadyExistsException(
            file + (Files.isDirectory(file) ? ", a folder" : "; --overwrite replaces it"));
      }
    }
    return output;
  }

  /** Experiments as one option names them. */
  private record Named(Set<Experiment> experiments) {}

  /** {@code all}, or names of experiments with commas between. */
  static final class Names implements ITypeConverter<Named> {
    @Override
    public Named convert(String text) {
      if (text.equals("all")) {
        return new Named(EnumSet.allOf(Experiment.class));
      }
      Set<Experiment> named = EnumSet.noneOf(Experiment.class);
      for (String name : text.split(",", -1)) {
        named.add(
            Experiment.ofLabel(name.strip())
                .orElseThrow(
                    () ->
                        new TypeConversionException(
                            "'" + name + "'; write all, or names such as small_insect_order")));
      }
      return new Named(named);
    }
  }
}
