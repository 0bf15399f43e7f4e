package dev.instar.testing;

import dev.instar.image.Size;
import dev.instar.synth.SampleFolder;
import dev.instar.synth.SynthPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Made-up photographs with boxes, each under two names: one to learn from, one to measure by.
 *
 * @param photographs the folder
 * @param boxes of the first names
 * @param copies boxes of the others
 */
public record SmallWells(Path photographs, Path boxes, Path copies) {
  /** The least side that is drawn in a shape of 4 to 3. */
  private static final Size SIZE = new Size(128, 96);

  /** Draws {@code count} of them below {@code folder}. */
  public static SmallWells draw(Path folder, int count) throws IOException, InterruptedException {
    Path photographs = folder.resolve("wells");
    SampleFolder.write(
        new SynthPlan(count, SIZE, 3, SynthPlan.Mix.EVEN), photographs, 1, progress -> {});
    Path copies = Files.createDirectory(photographs.resolve("copies"));
    try (Stream<Path> files = Files.list(photographs.resolve("part1"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copies.resolve("copy-" + file.getFileName()));
      }
    }
    Path boxes = photographs.resolve("boxes.csv");
    List<String> lines =
        Files.readAllLines(boxes).stream()
            .map(line -> line.replace("part1/", "copies/copy-"))
            .toList();
    return new SmallWells(photographs, boxes, Files.write(folder.resolve("copies.csv"), lines));
  }
}
