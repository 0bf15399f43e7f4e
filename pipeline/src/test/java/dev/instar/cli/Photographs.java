package dev.instar.cli;

import dev.instar.image.Size;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Content;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.Sources;
import dev.instar.synth.SampleFolder;
import dev.instar.synth.SynthPlan;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Input for commands, and what they made of it. */
final class Photographs {
  private static final int DRAWN = 4;

  private Photographs() {}

  /**
   * Photographs in the published layout, {@code part1} to {@code part3}: a few drawn ones under
   * many names, one that is cut short, and one that is a text.
   */
  static Path folder(Path folder, int count, Size size) throws IOException, InterruptedException {
    Path drawn = folder.resolveSibling("drawn");
    SampleFolder.write(new SynthPlan(DRAWN, size, 7, SynthPlan.Mix.EVEN), drawn, 2, done -> {});
    List<Path> originals;
    try (Stream<Path> files = Files.list(drawn.resolve("part1"))) {
      originals = files.sorted().toList();
    }
    for (int part = 1; part <= 3; part++) {
      Files.createDirectories(folder.resolve("part" + part));
    }
    for (int i = 0; i < count; i++) {
      Files.copy(
          originals.get(i % originals.size()),
          folder.resolve("part" + (1 + i * 3 / count)).resolve("p" + (1000 + i) + ".jpg"));
    }
    byte[] whole = Files.readAllBytes(originals.get(0));
    Files.write(folder.resolve("part2/cut.jpg"), Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(folder.resolve("part1/text.jpg"), "<html>404</html>");
    return folder;
  }

  /** A picture by a formula for {@code 0xRRGGBB}. */
  static BufferedImage picture(int width, int height, IntBinaryOperator color) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, color.applyAsInt(x, y));
      }
    }
    return image;
  }

  static Path png(Path file, BufferedImage image) throws IOException {
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  static byte[] jpeg(BufferedImage image, float quality, boolean progressive) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam settings = writer.getDefaultWriteParam();
    settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    settings.setCompressionQuality(quality);
    settings.setProgressiveMode(
        progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), settings);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The bytes of a picture's pixels, RGB. */
  static byte[] rgb(BufferedImage image) {
    byte[] bytes = new byte[3 * image.getWidth() * image.getHeight()];
    int at = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int color = image.getRGB(x, y);
        bytes[at++] = (byte) (color >> 16);
        bytes[at++] = (byte) (color >> 8);
        bytes[at++] = (byte) color;
      }
    }
    return bytes;
  }

  /** All records of a collection in their order: part and name, and the bytes in hexadecimal. */
  static Map<String, String> records(Path collection) throws IOException {
    Map<String, String> records = new LinkedHashMap<>();
    try (ImageSource source = Sources.open(List.of(collection.toString()), Limits.DEFAULT);
        NativeBuffer scratch = NativeBuffer.allocate(0)) {
      for (int i = 0; i < source.size(); i++) {
        byte[] bytes = bytes(source.read(i, scratch));
        records.put(source.part(i) + " " + source.name(i), bytes.length + " " + sha256(bytes));
      }
    }
    return records;
  }

  /** The bytes of one record. */
  static byte[] record(Path collection, String name) throws IOException {
    try (ImageSource source = Sources.open(List.of(collection.toString()), Limits.DEFAULT);
        NativeBuffer scratch = NativeBuffer.allocate(0)) {
      for (int i = 0; i < source.size(); i++) {
        if (source.name(i).equals(name)) {
          return bytes(source.read(i, scratch));
        }
      }
    }
    throw new IOException(collection + " has no record " + name);
  }

  private static byte[] bytes(Content content) {
    return content.bytes().toArray();
  }

  /** Every file of a folder, hidden ones included: its path, its length and its digest. */
  static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        byte[] bytes = Files.readAllBytes(file);
        found.put(folder.relativize(file).toString(), bytes.length + " " + sha256(bytes));
      }
    }
    return found;
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
