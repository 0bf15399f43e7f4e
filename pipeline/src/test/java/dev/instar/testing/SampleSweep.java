package dev.instar.testing;

import dev.instar.report.SweepReport;
import dev.instar.sweep.Cell;
import dev.instar.sweep.CellFailure;
import dev.instar.sweep.CellFolder;
import dev.instar.sweep.Sweep;
import dev.instar.sweep.Sweep.PlannedCell;
import dev.instar.sweep.SweepPlan;
import dev.instar.taxonomy.PublishedClasses;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;

/**
 * The folder of a sweep that nobody trained, with plausible files of each cell; the same for the
 * same arguments.
 *
 * @param folder of the sweep
 * @param pictures that it was trained on, as far as anybody may want to see them
 */
public record SampleSweep(Path folder, Path pictures) {
  /** Records of the test set of every task. */
  static final int RECORDS = 400;

  private static final String DATA = "pack: pictures\nmetadata: metadata.tsv\n";

  /**
   * The published 72 cells, of 100 epochs each: cell 40 of the plan has failed, 41 and 42 were
   * left, 71 was not begun; the others are done.
   */
  public static SampleSweep published(Path folder) throws IOException {
    return write(folder, DATA, 100, name -> name, true);
  }

  /** One size and task, two networks, losses and seeds, all of them done. */
  public static SampleSweep small(Path folder) throws IOException {
    return named(folder, name -> name);
  }

  /** The small one with other names of classes. */
  public static SampleSweep named(Path folder, UnaryOperator<String> name) throws IOException {
    String axes =
        "axes:\n  size: [small]\n  task: [insect_order]\n"
            + "  model: [resnet50, vit_base_patch16_224]\n  loss: [ce, focal]\nrepeats: 2\n";
    return write(folder, DATA + axes, 12, name, false);
  }

  /** What is known of it. */
  public SweepReport report() throws IOException {
    return SweepReport.of(Sweep.open(folder));
  }

  private static SampleSweep write(
      Path folder, String yaml, int epochs, UnaryOperator<String> name, boolean unfinished)
      throws IOException {
    Files.createDirectories(folder);
    Path pictures = drawPictures(folder.resolve("pictures"));
    Files.writeString(folder.resolve("metadata.tsv"), "image_file\torder\tfamily\n");
    SweepPlan plan = SweepPlan.read(Files.writeString(folder.resolve("sample.yaml"), yaml));
    List<Cell> cells = plan.cells();
    Sweep sweep =
        Sweep.create(
            folder.resolve("sweep"),
            plan,
            cells.stream().map(cell -> new PlannedCell(cell, 0)).toList());
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      List<String> classes =
          cell.target().equals("order")
              ? PublishedClasses.ORDERS
              : PublishedClasses.DIPTERA_FAMILIES;
      CellFolder of = sweep.folder(cell);
      SampleCell sample = new SampleCell(cell, of, classes.stream().map(name).toList(), epochs);
      write(sample, unfinished ? i : 0);
    }
    return new SampleSweep(sweep.path(), pictures);
  }

  private static void write(SampleCell sample, int number) throws IOException {
    switch (number) {
      case 40 -> {
        sample.writeHistory(3);
        sample
            .folder()
            .write(
                new CellFailure(
                    "the loss is not finite any more after step 1,312 <of epoch 3>; a smaller optimizer.rate may help",
                    "",
                    1,
                    2,
                    "node7",
                    Instant.EPOCH));
      }
      case 41, 42 -> sample.writeHistory(number == 41 ? 57 : 20);
      case 71 -> {}
      default -> sample.folder().write(sample.writeRun());
    }
  }

  /** The name of a record of the test set. */
  static String record(int number) {
    return String.format("BIOUG%05d-A%02d.jpg", 71000 + number / 95, number % 95);
  }

  /** A folder of a small picture for each record: a dark oval on a light ground. */
  private static Path drawPictures(Path folder) throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(1);
    for (int i = 0; i < RECORDS; i++) {
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
