package dev.instar.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.convert.Progress;
import dev.instar.image.Size;
import dev.instar.synth.SampleFolder;
import dev.instar.synth.SynthPlan;
import dev.instar.synth.SyntheticMetadata;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code instar synth}: sample photographs that nobody has to download. */
@Command(
    name = "synth",
    header = "Draw sample photographs.",
    customSynopsis = "instar synth -o DIR [OPTIONS]",
    description =
        "Insects, with their boxes (boxes.csv, and boxes.json for COCO's readers) and metadata (metadata.tsv). The same seed gives the same bytes.",
    footer = {
      "%nExamples:",
      "  instar synth -o sample --records 1000 --image-size 1024x768 --seed 1",
      "  instar synth -o table --records 1128313 --metadata-only"
    })
final class SynthCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "The folder.")
  private Path folder;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "1000",
      converter = Converters.Positive.class,
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int records;

  @Option(
      names = "--image-size",
      paramLabel = "WxH",
      defaultValue = "1024x768",
      converter = Converters.Dimensions.class,
      description = "Size of the photographs (default: ${DEFAULT-VALUE}).")
  private Size size;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      converter = Converters.Whole.class,
      description = "Where chance starts (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--mix",
      paramLabel = "MIX",
      defaultValue = "natural",
      converter = Converters.MixName.class,
      description = "How often each order occurs: natural (default), as in BIOSCAN-1M, or even.")
  private SynthPlan.Mix mix;

  @Option(
      names = "--metadata-only",
      description =
          "Write only metadata.tsv, with the classes of BIOSCAN-1M in its proportions: 1128313 records have its counts.")
  private boolean metadataOnly;

  @Mixin private ThreadsOption threads;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (metadataOnly) {
      return writeMetadata();
    }
    PrintWriter out = spec.commandLine().getOut();
    Progress progress = Progress.on(System.err, Terminal.onStandardError(), "synth");
    progress.begin(records);
    SampleFolder.write(
        new SynthPlan(records, size, seed, mix),
        folder,
        threads.count(),
        done -> {
          synchronized (progress) {
            progress.show(done, 0, 0);
          }
        });
    progress.end();
    if (json) {
      out.println(
          new ObjectMapper()
              .createObjectNode()
              .put("path", folder.toString())
              .put("records", records)
              .put("image_size", size.toString())
              .put("seed", seed));
    } else {
      out.printf(
          Locale.ROOT,
          "%s: %,d photographs of %s, boxes.csv, boxes.json, metadata.tsv%n",
          folder,
          records,
          size);
    }
    return ExitStatus.DONE;
  }

  private Integer writeMetadata() throws IOException, InterruptedException {
    for (String option : List.of("--image-size", "--mix")) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new ParameterException(
            spec.commandLine(), option + " is for photographs, which --metadata-only leaves out");
      }
    }
    new SyntheticMetadata(records, seed).write(folder, threads.count());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          new ObjectMapper()
              .createObjectNode()
              .put("path", folder.toString())
              .put("records", records)
              .put("seed", seed));
    } else {
      out.printf(Locale.ROOT, "%s: metadata.tsv with %,d records%n", folder, records);
    }
    return ExitStatus.DONE;
  }
}
