package dev.instar.cli;

import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.Sources;
import dev.instar.report.MetadataJson;
import dev.instar.taxonomy.BadRow;
import dev.instar.taxonomy.MetadataCheck;
import dev.instar.taxonomy.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar metadata check}: what is wrong with a specimen table. */
@Command(
    name = "check",
    description = {
      "Look for what is wrong with a specimen table: rows that cannot be read, repeated identifiers, names under two parents, malformed BINs and barcodes, equal barcodes with different names.",
      "Exit status 0 if nothing is, 3 if something is."
    },
    footer = {
      "",
      "Examples:",
      "  instar metadata check meta.tsv",
      "  instar metadata check meta.tsv --images cropped_256.h5 --json"
    })
final class MetadataCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "META", description = "The table: .tsv or .csv.")
  private Path table;

  @Option(
      names = "--images",
      paramLabel = "PICTURES",
      description = "Compare with the pictures in a pack, an archive or a folder; may be repeated.")
  private List<String> images;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private ThreadsOption threads;

  @Override
  public Integer call() throws IOException {
    MetadataCheck check =
        MetadataCheck.of(
            table, images == null ? Optional.empty() : Optional.of(names()), threads.count());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(MetadataJson.of(check));
    } else {
      print(out, check);
    }
    out.flush();
    return check.clean() ? ExitStatus.DONE : ExitStatus.QUARANTINED;
  }

  private List<String> names() throws IOException {
    try (ImageSource source = Sources.open(images, Limits.DEFAULT)) {
      List<String> names = new ArrayList<>(source.size());
      for (int i = 0; i < source.size(); i++) {
        names.add(source.name(i));
      }
      return names;
    }
  }

  private static void print(PrintWriter out, MetadataCheck check) {
    out.printf("%s: %,d rows%n", check.file(), check.rows());
    if (check.bad().count() > 0) {
      out.printf("%n%,d rows that cannot be read%n", check.bad().count());
      for (BadRow row : check.bad().first().stream().limit(Problem.EXAMPLES).toList()) {
        out.printf("    %s%n", row);
      }
    }
    for (Problem problem : check.problems()) {
      out.printf("%n%,d %s%n", problem.count(), problem.description());
      for (String example : problem.examples()) {
        out.printf("    %s%n", example.replaceAll("\\p{Cntrl}", "?"));
      }
    }
    if (check.clean()) {
      out.println("nothing is wrong");
    }
  }
}
