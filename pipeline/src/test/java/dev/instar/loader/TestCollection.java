package dev.instar.loader;

import dev.instar.image.BatchFormat;
import dev.instar.image.BatchFormat.Layout;
import dev.instar.image.JpegCodec;
import dev.instar.image.JpegSettings;
import dev.instar.image.JpegSettings.Subsampling;
import dev.instar.image.Normalisation;
import dev.instar.image.PixelBuffer;
import dev.instar.image.PixelType;
import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Encoding;
import dev.instar.pack.ImageRecord;
import dev.instar.pack.Pack;
import dev.instar.pack.PackWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** Small made-up packs, and plans for tiny samples. */
final class TestCollection {
  static final int CROP = 16;

  /** Everything that is left to chance in a sample. */
  static final Augmentation RICH =
      new Augmentation(
          Augmentation.Cropping.RANDOM_RESIZED,
          20,
          CROP,
          List.of(0.2, 1.0),
          List.of(0.75, 4.0 / 3),
          0.5,
          0.5,
          true,
          20,
          0.3,
          0.3,
          0.3,
          0.1,
          0.5,
          0,
          0);

  private TestCollection() {}

  /** The same augmentation with mixup and cutmix of those alphas. */
  static Augmentation mixing(Augmentation of, double mixup, double cutmix) {
    return new Augmentation(
        of.cropping(),
        of.resize(),
        of.crop(),
        of.scale(),
        of.ratio(),
        of.flip(),
        of.verticalFlip(),
        of.quarterTurns(),
        of.rotate(),
        of.brightness(),
        of.contrast(),
        of.saturation(),
        of.hue(),
        of.erase(),
        mixup,
        cutmix);
  }

  /** A pack of pictures of different sizes, named {@code 0.jpg}... */
  static Pack pack(Path folder, Encoding encoding, int records) throws IOException {
    return pack(folder, encoding, records, content -> content);
  }

  /** A pack whose contents went through {@code damage}, the first record's first. */
  static Pack pack(Path folder, Encoding encoding, int records, UnaryOperator<byte[]> damage)
      throws IOException {
    Path file = folder.resolve(encoding.label() + "-" + records + ".h5");
    try (PackWriter writer = PackWriter.open(file, encoding, Map.of())) {
      for (int i = 0; i < records; i++) {
        Size size = new Size(24 + i % 5, 40 - i % 7);
        byte[] content = damage.apply(content(encoding, size, i));
        writer.append(
            new ImageRecord(i + ".jpg", 0, size, size, Region.of(size)), Bytes.copyOf(content));
      }
      writer.finish();
    }
    return Pack.open(file);
  }

  static byte[] content(Encoding encoding, Size size, int seed) {
    try (PixelBuffer pixels = pixels(size, seed)) {
      return encoding == Encoding.RAW ? pixels.bytes().toArray() : jpeg(pixels);
    }
  }

  static byte[] jpeg(PixelBuffer pixels) {
    try (NativeBuffer into = NativeBuffer.allocate(0);
        JpegCodec codec = JpegCodec.best()) {
      int length = codec.encode(pixels, new JpegSettings(90, Subsampling.S444), into);
      return into.bytes(0, length).toArray();
    }
  }

  static PixelBuffer pixels(Size size, int seed) {
    PixelBuffer pixels = new PixelBuffer(size);
    ByteBuffer bytes = pixels.asByteBuffer();
    SplittableRandom random = new SplittableRandom(seed);
    int red = random.nextInt(200);
    int green = random.nextInt(200);
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        bytes.put((byte) (red + 2 * x)).put((byte) (green + 2 * y)).put((byte) (seed + x + y));
      }
    }
    return pixels;
  }

  /** All records of a pack, in three classes. */
  static Samples samples(Pack pack) {
    int[] records = new int[pack.size()];
    int[] labels = new int[records.length];
    Arrays.setAll(records, i -> i);
    Arrays.setAll(labels, i -> i % 3);
    return Samples.of(pack, records, labels, 3);
  }

  static BatchFormat format(Layout layout, PixelType type) {
    return new BatchFormat(new Size(CROP, CROP), layout, type, Normalisation.IMAGENET);
  }
}
