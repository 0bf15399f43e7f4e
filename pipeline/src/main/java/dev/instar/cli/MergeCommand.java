package dev.instar.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.pack.PackMerge;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar merge}: shards become one pack. */
@Command(
    name = "merge",
    header = "Join packs into one.",
    customSynopsis = "instar merge PACK... -o FILE [OPTIONS]",
    description =
        "In the order given. By default the joined pack is virtual: it reads from the shards where they lie. With --copy it needs them no longer. The shards' lists of records in quarantine and left out are joined too. The shards stay.",
    footer = {
      "%nExamples:",
      "  instar merge cropped-*-of-00008.h5 -o cropped_256.h5",
      "  instar merge a.h5 b.h5 -o all.h5 --copy"
    })
final class MergeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PACK", arity = "1..*", description = "The shards.")
  private List<Path> shards;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "The joined pack.")
  private Path output;

  @Option(names = "--copy", description = "Copy all records, each checked against its checksum.")
  private boolean copy;

  @Option(
      names = "--attribute",
      paramLabel = "KEY=VALUE",
      description = "Store a text with the pack; may be repeated.")
  private final Map<String, String> attributes = new LinkedHashMap<>();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (PackMerge merge = PackMerge.of(shards);
        StopSignal stop =
            StopSignal.listen(System.err, "stopping; the same command continues the copy")) {
      if (!copy) {
        merge.writeVirtual(output, attributes);
      } else if (!merge.copy(output, attributes, stop::requested)) {
        return ExitStatus.STOPPED;
      }
      ShardLists.join(output, shards);
      if (json) {
        ObjectMapper mapper = new ObjectMapper();
        out.println(
            mapper
                .createObjectNode()
                .put("path", output.toString())
                .put("records", merge.size())
                .put("shards", shards.size())
                .put("virtual", !copy));
      } else {
        out.printf(
            Locale.ROOT,
            "%s: %,d records of %,d shards%s%n",
            output,
            merge.size(),
            shards.size(),
            copy ? "" : ", virtual: keep the shards beside it");
      }
    }
    return ExitStatus.DONE;
  }
}
