package dev.instar.testing;

import dev.instar.report.CellReport;
import dev.instar.report.SweepReport;
import dev.instar.sweep.Cell;
import dev.instar.sweep.CellFailure;
import dev.instar.sweep.CellResult;
import dev.instar.sweep.CellState;
import dev.instar.taxonomy.PublishedClasses;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * A sweep that nobody trained: a plausible folder of each cell, and what is known of the cells. The
 * same for the same arguments.
 *
 * @param report in the order of the axes
 */
public record SampleSweep(SweepReport report) {
  /** Records of the test set of every task. */
  static final int RECORDS = 400;

  private static final List<String> MODELS = List.of("resnet50", "vit_base_patch16_224");
  private static final List<String> LOSSES = List.of("ce", "focal");

  /** The published 72 cells, of 100 epochs each; a few of them failed, run or were not begun. */
  public static SampleSweep published(Path folder) throws IOException {
    List<String> sizes = List.of("small", "medium", "large");
    Map<String, List<String>> tasks = new LinkedHashMap<>();
    tasks.put("insect_order", PublishedClasses.ORDERS);
    tasks.put("diptera_family", PublishedClasses.DIPTERA_FAMILIES);
    return draw(folder, sizes, tasks, 3, 100, true);
  }

  /** One size and task, two networks, losses and seeds, all of them done. */
  public static SampleSweep small(Path folder) throws IOException {
    return named(folder, name -> name);
  }

  /** The small one with other names of classes. */
  public static SampleSweep named(Path folder, Function<String, String> name) throws IOException {
    List<String> classes = PublishedClasses.ORDERS.stream().map(name).toList();
    return draw(folder, List.of("small"), Map.of("insect_order", classes), 2, 12, false);
  }

  private static SampleSweep draw(
      Path folder,
      List<String> sizes,
      Map<String, List<String>> tasks,
      int seeds,
      int epochs,
      boolean unfinished)
      throws IOException {
    Path pack = pictures(folder.resolve("pictures"));
    List<CellReport> cells = new ArrayList<>();
    for (String size : sizes) {
      for (Map.Entry<String, List<String>> task : tasks.entrySet()) {
        for (String model : MODELS) {
          for (String loss : LOSSES) {
            for (int seed = 1; seed <= seeds; seed++) {
              Cell cell = cell(folder, pack, size, task.getKey(), model, loss, seed);
              SampleCell sample =
                  new SampleCell(
                      cell, folder.resolve("cells").resolve(cell.name()), task.getValue(), epochs);
              cells.add(report(sample, unfinished ? cells.size() : 0));
            }
          }
        }
      }
    }
    return new SampleSweep(new SweepReport("sample", cells));
  }

  private static Cell cell(
      Path folder, Path pack, String size, String task, String model, String loss, int seed) {
    Map<String, String> factors = new LinkedHashMap<>();
    factors.put("size", size);
    factors.put("task", task);
    factors.put("model", model);
    factors.put("loss", loss);
    factors.put("seed", String.valueOf(seed));
    return new Cell(
        size + "_" + task + "_" + model + "_" + loss + "_s" + seed,
        factors,
        pack,
        folder.resolve("metadata.tsv"),
        size + "_" + task,
        task.endsWith("order") ? "order" : "family",
        model,
        Optional.empty(),
        "paper",
        List.of("loss.kind=" + loss),
        seed);
  }

  /** Cell 40 failed, 41 runs, 42 was interrupted, 71 was not begun; the others are done. */
  private static CellReport report(SampleCell sample, int number) throws IOException {
    Path run = sample.run();
    return switch (number) {
      case 40 -> {
        sample.writeHistory(3);
        yield new CellReport(
            sample.cell(),
            CellState.FAILED,
            Optional.empty(),
            Optional.of(
                new CellFailure(
                    "the loss is not finite any more after step 1,312 <of epoch 3>; a smaller optimizer.rate may help",
                    "",
                    1,
                    2,
                    "node7",
                    Instant.EPOCH)),
            run);
      }
      case 41, 42 -> {
        sample.writeHistory(number == 41 ? 57 : 20);
        CellState state = number == 41 ? CellState.RUNNING : CellState.INTERRUPTED;
        yield new CellReport(sample.cell(), state, Optional.empty(), Optional.empty(), run);
      }
      case 71 ->
          new CellReport(sample.cell(), CellState.PENDING, Optional.empty(), Optional.empty(), run);
      default -> {
        CellResult result = sample.writeAll();
        yield new CellReport(
            sample.cell(), CellState.DONE, Optional.of(result), Optional.empty(), run);
      }
    };
  }

  /** The name of a record of the test set. */
  static String record(int number) {
    return String.format("BIOUG%05d-A%02d.jpg", 71000 + number / 95, number % 95);
  }

  /** A folder of a small picture for each record: a dark oval on a light ground. */
  private static Path pictures(Path folder) throws IOException {
    Files.createDirectories(folder);
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    for (int i : IntStream.range(0, RECORDS).toArray()) {
      BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
      double across = 6 + i % 19;
      double down = 4 + i % 11;
      for (int y = 0; y < 48; y++) {
        for (int x = 0; x < 64; x++) {
          double distance = Math.hypot((x - 32) / across, (y - 24) / down);
          int grey = (distance < 1 ? 70 : 215) + random.nextInt(20);
          image.setRGB(x, y, grey << 16 | grey << 8 | grey * 9 / 10);
        }
      }
      ImageIO.write(image, "jpg", folder.resolve(record(i)).toFile());
    }
    return folder;
  }
}
