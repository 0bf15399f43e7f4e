package dev.instar.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.convert.Quarantine;
import dev.instar.crop.BoxForm;
import dev.instar.crop.BoxMerge;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar crop merge}: the box files of shards become one. */
@Command(
    name = "merge",
    description = {
      "Join box files, in the order given, into one of the form that its ending says: .csv (our own), .json (COCO) or .tsv (BIOSCAN-5M).",
      "Of the shards of one run, in their order, becomes what the run would have written as a whole, its list of bad photographs included. The shards stay."
    },
    footer = {
      "",
      "Examples:",
      "  instar crop merge boxes-*-of-00008.csv -o boxes.csv",
      "  instar crop merge first.csv second.json -o all.json"
    })
final class CropMergeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHARD", arity = "1..*", description = "The box files to join.")
  private List<Path> shards;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT",
      description = "The box file to write; it appears when it is complete.")
  private Path output;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (BoxForm.of(output).isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), output + ": a box file ends in .csv, .json or .tsv");
    }
    Apart.require(output, false, shards.stream().map(Path::toString).toList());
    BoxMerge merged = ShardLists.boxes(output, shards);
    int quarantined = Quarantine.join(output, shards);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new ObjectMapper()
              .createObjectNode()
              .put("path", output.toString())
              .put("photographs", merged.photographs())
              .put("boxes", merged.boxes())
              .put("quarantined", quarantined)
              .put("shards", shards.size()));
    } else {
      out.printf(
          Locale.ROOT,
          "%s: %,d photographs, %,d boxes of %,d shards%s%n",
          output,
          merged.photographs(),
          merged.boxes(),
          shards.size(),
          quarantined == 0
              ? ""
              : String.format(Locale.ROOT, "; %,d photographs in quarantine", quarantined));
    }
    out.flush();
    return ExitStatus.DONE;
  }
}
