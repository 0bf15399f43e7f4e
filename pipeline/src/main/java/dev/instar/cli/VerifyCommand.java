package dev.instar.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.convert.Progress;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.Sources;
import dev.instar.pack.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar verify}: whether a collection is whole. */
@Command(
    name = "verify",
    header = "Check that every record is whole.",
    customSynopsis = "instar verify COLLECTION [OPTIONS]",
    description =
        "Of a pack, the checksum of each record, and that its picture decodes to the size that the index states. Of other collections (zip, tar, HDF5, folders), that each picture decodes.",
    footer = {
      "%nExit status 1 where a record is damaged.",
      "%nExamples:",
      "  instar verify pack.h5",
      "  instar verify original_256.zip --json"
    })
final class VerifyCommand implements Callable<Integer> {
  private static final int SHOWN = 20;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "COLLECTION", description = "A pack, or anything that convert reads.")
  private String input;

  @Option(names = "--checksums-only", description = "Do not decode the pictures of a pack.")
  private boolean checksumsOnly;

  @Mixin private ThreadsOption threads;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (ImageSource source = Sources.open(List.of(input), Limits.DEFAULT)) {
      Progress progress = Progress.on(System.err, Terminal.onStandardError(), "verify");
      progress.begin(source.size());
      Verification verification =
          Verification.of(
              source,
              !checksumsOnly,
              threads.count(),
              (done, damaged) -> progress.show(done - damaged, damaged, 0));
      progress.end();
      if (json) {
        printJson(verification, out);
      } else {
        print(verification, out);
      }
      return verification.damaged().isEmpty() ? ExitStatus.DONE : ExitStatus.FAILED;
    }
  }

  private void print(Verification verification, PrintWriter out) {
    List<Verification.Damage> damaged = verification.damaged();
    damaged.stream()
        .limit(SHOWN)
        .forEach(damage -> out.printf("%s: %s%n", damage.location(), damage.message()));
    if (damaged.size() > SHOWN) {
      out.printf(Locale.ROOT, "... and %,d more (--json lists all)%n", damaged.size() - SHOWN);
    }
    out.printf(
        Locale.ROOT,
        "%s: %,d records, %s%n",
        input,
        verification.records(),
        damaged.isEmpty()
            ? "all whole"
            : String.format(Locale.ROOT, "%,d damaged", damaged.size()));
  }

  private void printJson(Verification verification, PrintWriter out) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode report =
        mapper.createObjectNode().put("path", input).put("records", verification.records());
    ArrayNode damaged = report.putArray("damaged");
    for (Verification.Damage damage : verification.damaged()) {
      damaged
          .addObject()
          .put("name", damage.name())
          .put("location", damage.location())
          .put("message", damage.message());
    }
    out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(report));
  }
}
