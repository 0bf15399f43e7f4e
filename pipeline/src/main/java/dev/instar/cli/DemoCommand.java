package dev.instar.cli;

import dev.instar.convert.Conversion;
import dev.instar.convert.ConversionPlan;
import dev.instar.convert.Counts;
import dev.instar.convert.Cropping;
import dev.instar.convert.Geometry;
import dev.instar.convert.JpegPolicy;
import dev.instar.convert.JpegPolicy.Chroma;
import dev.instar.convert.Progress;
import dev.instar.convert.Quarantine;
import dev.instar.convert.RunResult;
import dev.instar.convert.ShardPlan;
import dev.instar.convert.Skipped;
import dev.instar.convert.Stop;
import dev.instar.crop.BoxFile;
import dev.instar.crop.CropRule;
import dev.instar.image.Filter;
import dev.instar.image.Size;
import dev.instar.pack.Encoding;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.Pack;
import dev.instar.pack.PackWriter;
import dev.instar.pack.Sources;
import dev.instar.pack.Verification;
import dev.instar.synth.SampleFolder;
import dev.instar.synth.SynthPlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code instar demo}: the main job on sample photographs, from nothing to a page to look at. */
@Command(
    name = "demo",
    header = "Do the main job on sample photographs.",
    customSynopsis = "instar demo [OPTIONS]",
    description =
        "Draws photographs (two of them damaged on purpose), converts them around their boxes into a pack, verifies it, trains a small network on another pack, evaluates it, carries out a small sweep, and writes pages that show it all.",
    footer = {
      "%nExamples:",
      "  instar demo",
      "  instar demo -o /tmp/demo --records 200 --no-training"
    })
final class DemoCommand implements Callable<Integer> {
  private static final Size PHOTOGRAPH = new Size(2880, 2160);

  @Spec private CommandSpec spec;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "demo",
      description = "The folder (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "48",
      converter = Converters.Positive.class,
      description = "How many photographs (default: ${DEFAULT-VALUE}).")
  private int records;

  @Option(
      names = "--no-training",
      description = "Leave the networks out: half a minute instead of five.")
  private boolean withoutTraining;

  @Mixin private ThreadsOption threads;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Path photos = folder.resolve("photos");
    Path target = folder.resolve("cropped_256.h5");
    begin(target);
    out.printf(
        Locale.ROOT, "1. drawing %,d photographs of %s in %s%n", records, PHOTOGRAPH, photos);
    Progress drawing = Progress.on(System.err, Terminal.onStandardError(), "synth");
    drawing.begin(records);
    SampleFolder.write(
        new SynthPlan(records, PHOTOGRAPH, 1, SynthPlan.Mix.EVEN),
        photos,
        threads.count(),
        done -> {
          synchronized (drawing) {
            drawing.show(done, 0, 0);
          }
        });
    drawing.end();
    damage(photos);

    out.printf("2. converting them, cropped around their boxes, into %s%n", target);
    RunResult<Counts> result = convert(photos, target);
    Summary.ofConversion(out, target, result);

    out.printf("%n3. verifying every record%n");
    try (Pack pack = Pack.open(target);
        Quarantine quarantine = Quarantine.open(target)) {
      Verification verification =
          Verification.of(pack, true, threads.count(), (done, damaged) -> {});
      out.printf(
          Locale.ROOT,
          "   %,d records, %,d damaged%n",
          verification.records(),
          verification.damaged().size());
      Path page = folder.resolve("index.html");
      DemoPage.write(page, pack, photos, result, quarantine);
      if (!verification.damaged().isEmpty()) {
        return ExitStatus.FAILED;
      }
      List<Path> pages = new ArrayList<>(List.of(page));
      if (!withoutTraining) {
        out.printf("%n4. training a network to tell the orders of small photographs apart%n");
        DemoTraining training = new DemoTraining(out, folder, threads.count());
        int status = training.carryOut();
        if (status != ExitStatus.DONE) {
          return status;
        }
        pages.add(training.page());
        out.printf("%n5. the published experiments in miniature, and their report%n");
        DemoSweep sweep = new DemoSweep(out, folder, threads.count());
        status = sweep.carryOut();
        if (status != ExitStatus.DONE) {
          return status;
        }
        pages.add(sweep.page());
      }
      out.printf("%nLook at:%n");
      pages.forEach(each -> out.printf("   %s%n", each.toAbsolutePath().normalize()));
      return ExitStatus.DONE;
    }
  }

  private void begin(Path target) throws IOException {
    Files.createDirectories(folder);
    Files.deleteIfExists(target);
    Files.deleteIfExists(Quarantine.fileFor(target));
  }

  /** What happens to real collections: a picture cut short, and a text that was saved as one. */
  private static void damage(Path photos) throws IOException {
    Path part = photos.resolve("part1");
    List<Path> files;
    try (var listed = Files.list(part)) {
      files = listed.sorted().toList();
    }
    byte[] whole = Files.readAllBytes(files.get(0));
    Files.write(part.resolve("cut-short.jpg"), Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(
        part.resolve("not-a-picture.jpg"), "<html>404 Not Found</html>", StandardCharsets.UTF_8);
  }

  private RunResult<Counts> convert(Path photos, Path target)
      throws IOException, InterruptedException {
    Cropping boxes =
        Cropping.of(BoxFile.read(photos.resolve("boxes.csv")), CropRule.REFERENCE, true);
    ConversionPlan plan =
        new ConversionPlan(
            new Geometry(256, Geometry.Side.SHORTER, false),
            boxes,
            0xf0f0f0,
            Filter.AREA,
            Encoding.JPEG,
            new JpegPolicy(JpegPolicy.KEEP, Chroma.KEEP),
            ConversionPlan.DEFAULT_MAX_PIXELS);
    Conversion.Execution execution =
        new Conversion.Execution(
            threads.count(),
            ShardPlan.WHOLE,
            false,
            false,
            Stop.NEVER,
            Progress.on(System.err, Terminal.onStandardError(), "convert"));
    try (ImageSource source = Sources.open(List.of(photos.toString()), Limits.DEFAULT);
        PackWriter sink =
            PackWriter.open(
                target,
                Encoding.JPEG,
                Map.of("license", "CC0 1.0", "source", "instar synth --seed 1"));
        Quarantine quarantine = Quarantine.open(target);
        Skipped skipped = Skipped.open(target)) {
      return new Conversion(source, sink, quarantine, skipped, plan, execution).run();
    }
  }
}
