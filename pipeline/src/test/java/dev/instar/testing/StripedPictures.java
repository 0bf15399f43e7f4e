package dev.instar.testing;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Small pictures whose class shows in the direction and the width of their stripes, with noise, and
 * a table that splits them: a task that a network learns within seconds and not at once.
 *
 * @param pictures the folder of the JPEG files
 * @param table with the columns {@code image_file}, {@code order} and {@code split}
 */
public record StripedPictures(Path pictures, Path table) {
  private static final int SIDE = 36;
  private static final List<String> CLASSES =
      List.of("Diptera", "Hymenoptera", "Coleoptera", "Hemiptera");

  /**
   * Draws them into {@code folder}.
   *
   * @param train of each class
   * @param validation of each class, and as many to test
   */
  public static StripedPictures draw(Path folder, int train, int validation) throws IOException {
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    List<String> rows = new ArrayList<>(List.of("image_file\torder\tsplit"));
    Random random = new Random(5);
    for (int i = 0; i < train + 2 * validation; i++) {
      for (int label = 0; label < CLASSES.size(); label++) {
        String name = "p" + i + "_" + label + ".jpg";
        ImageIO.write(picture(label, random), "jpg", pictures.resolve(name).toFile());
        String split = i < train ? "train" : i < train + validation ? "validation" : "test";
        rows.add(name + "\t" + CLASSES.get(label) + "\t" + split);
      }
    }
    Path table = Files.write(folder.resolve("table.tsv"), rows);
    return new StripedPictures(pictures, table);
  }

  private static BufferedImage picture(int label, Random random) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    boolean upright = label % 2 == 0;
    int width = label < 2 ? 2 : 5;
    int shift = random.nextInt(10);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        boolean dark = ((upright ? x : y) + shift) / width % 2 == 0;
        int grey = Math.min(255, (dark ? 60 : 170) + random.nextInt(60));
        image.setRGB(x, y, grey << 16 | grey << 8 | random.nextInt(256));
      }
    }
    return image;
  }
}
