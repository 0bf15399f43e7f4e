package dev.instar.train.detection;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.BoxFile;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Content;
import dev.instar.pack.ImageSource;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Grey photographs with white rectangles as insects, encoded or as pixels, in memory. */
final class DrawnPhotographs implements ImageSource {
  private static final Color WELL = new Color(40, 40, 40);

  private final List<String> names = new ArrayList<>();
  private final List<Content> contents = new ArrayList<>();
  private final List<String> rows = new ArrayList<>(List.of("file,x,y,w,h,width,height"));

  /** Adds a JPEG and what the box file says of it. */
  DrawnPhotographs jpeg(String name, Size size, BoundingBox... insects) {
    for (BoundingBox box : insects) {
      row(name, size, box.x0() + "," + box.y0() + "," + box.width() + "," + box.height());
    }
    if (insects.length == 0) {
      row(name, size, ",,,");
    }
    return content(name, new Content.Encoded(Bytes.copyOf(encoded(size, "jpg", insects))));
  }

  /** Adds content of which the box file says what {@link #row} is told. */
  DrawnPhotographs content(String name, Content content) {
    names.add(name);
    contents.add(content);
    return this;
  }

  /** Adds a row to the box file. */
  DrawnPhotographs row(String name, Size size, String numbers) {
    rows.add(name + "," + numbers + "," + size.width() + "," + size.height());
    return this;
  }

  BoxFile boxes(Path folder) throws IOException {
    return BoxFile.read(Files.write(Files.createTempFile(folder, "boxes", ".csv"), rows));
  }

  static byte[] encoded(Size size, String format, BoundingBox... insects) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ImageIO.write(drawn(size, insects), format, file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return file.toByteArray();
  }

  /** The same photograph as pixels. */
  static Content.Pixels pixels(Size size, BoundingBox... insects) {
    BufferedImage picture = drawn(size, insects);
    byte[] values = new byte[3 * size.width() * size.height()];
    for (int y = 0, at = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        int rgb = picture.getRGB(x, y);
        for (int shift = 16; shift >= 0; shift -= 8) {
          values[at++] = (byte) (rgb >> shift);
        }
      }
    }
    return new Content.Pixels(Bytes.copyOf(values), size);
  }

  private static BufferedImage drawn(Size size, BoundingBox... insects) {
    BufferedImage picture =
        new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(WELL);
    pen.fillRect(0, 0, size.width(), size.height());
    pen.setColor(Color.WHITE);
    for (BoundingBox box : insects) {
      pen.fillRect((int) box.x0(), (int) box.y0(), (int) box.width(), (int) box.height());
    }
    pen.dispose();
    return picture;
  }

  @Override
  public int size() {
    return names.size();
  }

  @Override
  public String name(int index) {
    return names.get(index);
  }

  @Override
  public int part(int index) {
    return 0;
  }

  @Override
  public String location(int index) {
    return "memory/" + names.get(index);
  }

  @Override
  public Content read(int index, NativeBuffer scratch) {
    return contents.get(index);
  }

  @Override
  public void close() {}
}
