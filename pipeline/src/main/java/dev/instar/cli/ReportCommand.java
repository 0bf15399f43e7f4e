package dev.instar.cli;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.report.NamedTable;
import dev.instar.report.Part;
import dev.instar.report.SweepPage;
import dev.instar.report.SweepReport;
import dev.instar.report.SweepTables;
import dev.instar.sweep.Sweep;
import dev.instar.taxonomy.AtomicText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar report}: a sweep, or one run, as a page and tables. */
@Command(
    name = "report",
    header = "Make a page and tables of a sweep, or of one run.",
    customSynopsis = "instar report SWEEP|RUN -o REPORT [OPTIONS]",
    description = {
      "Writes REPORT/index.html, a page that needs nothing beside it, and the tables as CSV, JSON, Markdown and LaTeX. What is not finished yet is shown as such.",
      "Damaged evaluations are left out and named (exit status 3)."
    },
    footer = {
      "%nExamples:",
      "  instar report sweep/ -o report/",
      "  instar report runs/a -o report/ --split validation --pictures 24"
    })
final class ReportCommand implements Callable<Integer> {
  /** The parts that results have, as they are written. */
  private enum Split {
    test(Part.TEST),
    validation(Part.VALIDATION);

    private final Part part;

    Split(Part part) {
      this.part = part;
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SWEEP|RUN", description = "The folder of a sweep, or of a training.")
  private Path folder;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "REPORT",
      description = "The folder of the report.")
  private Path output;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "test",
      description =
          "What charts are of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). Tables have both.")
  private Split split;

  @Option(
      names = "--pictures",
      paramLabel = "N",
      defaultValue = "12",
      converter = Converters.Count.class,
      description =
          "Pictures of the worst mistakes, of each set of records (default: ${DEFAULT-VALUE}).")
  private int pictures;

  @Option(names = "--json", description = "Print all numbers as JSON instead of tables.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    SweepReport report = report();
    SweepTables tables = SweepTables.of(report);
    SweepPage page = SweepPage.read(report, tables, split.part, pictures);
    List<Path> files = tables.write(output);
    Path index = output.resolve("index.html");
    AtomicText.write(index, page.html());
    print(report, tables, index, files.size());
    page.faults()
        .forEach(fault -> spec.commandLine().getErr().println("instar: left out: " + fault));
    return page.faults().isEmpty() ? ExitStatus.DONE : ExitStatus.QUARANTINED;
  }

  private SweepReport report() throws IOException {
    if (Sweep.isSweep(folder)) {
      return SweepReport.of(Sweep.open(folder));
    }
    if (!Files.exists(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          Fault.UNREADABLE, folder + " is no folder; name that of a sweep or of a training");
    }
    return SweepReport.ofRun(folder);
  }

  private void print(SweepReport report, SweepTables tables, Path index, int files) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(tables.json().stripTrailing());
    } else {
      out.printf("%s: %s%n%n", report.name(), report.headline());
      for (NamedTable table : tables.tables()) {
        if (table.name().startsWith("results-" + split)) {
          out.println(table.table().text());
        }
      }
      out.printf("wrote %s, and beside it %d files of tables%n", index, files);
    }
    out.flush();
  }
}
