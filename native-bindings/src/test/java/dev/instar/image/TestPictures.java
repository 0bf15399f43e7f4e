package dev.instar.image;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_PROGRESSIVE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_RST_INTERVAL;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import dev.instar.memory.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** Pictures for tests, made from formulas, and ways to look at pixels. */
final class TestPictures {
  /** The JPEGs that encoders make of one picture; the names are those of the subsampling. */
  enum Kind {
    S444(0x111111),
    S422(0x211111),
    S420(0x221111),
    S440(0x121111),
    S411(0x411111),
    GREY(0),
    PROGRESSIVE_420(0x221111, IMWRITE_JPEG_PROGRESSIVE, 1),
    PROGRESSIVE_444(0x111111, IMWRITE_JPEG_PROGRESSIVE, 1),
    RESTARTS_420(0x221111, IMWRITE_JPEG_RST_INTERVAL, 3),
    RESTARTS_GREY(0, IMWRITE_JPEG_RST_INTERVAL, 5);

    private final int sampling;
    private final int[] more;

    Kind(int sampling, int... more) {
      this.sampling = sampling;
      this.more = more;
    }

    Bytes of(PixelBuffer pixels) {
      int[] parameters = more;
      if (sampling != 0) {
        parameters = new int[more.length + 2];
        System.arraycopy(more, 0, parameters, 2, more.length);
        parameters[0] = IMWRITE_JPEG_SAMPLING_FACTOR;
        parameters[1] = sampling;
      }
      return encoded(".jpg", pixels, sampling == 0, parameters);
    }
  }

  private TestPictures() {}

  /** A picture with gradients, edges and noise in all colours. */
  static PixelBuffer photograph(int width, int height, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PixelBuffer pixels = new PixelBuffer(new Size(width, height));
    var bytes = pixels.asByteBuffer();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int edge = (x / 13 + y / 7) % 3 == 0 ? 60 : 0;
        int noise = random.nextInt(24);
        bytes.put(clip(128 + 90 * Math.sin(x / 9.0) + edge + noise - 40));
        bytes.put(clip(128 + 90 * Math.cos(y / 11.0) - edge + noise));
        bytes.put(clip(128 + 90 * Math.sin((x + y) / 17.0) + noise));
      }
    }
    return pixels;
  }

  /** Bytes that are as likely as not. */
  static PixelBuffer noise(int width, int height, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PixelBuffer pixels = new PixelBuffer(new Size(width, height));
    byte[] row = new byte[pixels.stride()];
    var bytes = pixels.asByteBuffer();
    for (int y = 0; y < height; y++) {
      random.nextBytes(row);
      bytes.put(row);
    }
    return pixels;
  }

  /**
   * A picture file that OpenCV's encoder writes; red and blue change places, which no test minds.
   */
  static Bytes encoded(String extension, PixelBuffer pixels, boolean grey, int... parameters) {
    try (Mat colour = OpenCv.of(pixels);
        Mat channel = new Mat();
        BytePointer file = new BytePointer();
        IntPointer options = new IntPointer(parameters)) {
      if (grey) {
        opencv_core.extractChannel(colour, channel, 1);
      }
      if (!imencode(extension, grey ? channel : colour, file, options)) {
        throw new IllegalStateException("OpenCV does not write " + extension);
      }
      byte[] copy = new byte[(int) file.limit()];
      file.get(copy);
      return Bytes.copyOf(copy);
    }
  }

  static Bytes file(Path path) throws IOException {
    return Bytes.copyOf(Files.readAllBytes(path));
  }

  static byte[] pixels(PixelBuffer picture) {
    return picture.bytes().toArray();
  }

  /** The pixels of a part of a picture. */
  static byte[] crop(PixelBuffer picture, Region region) {
    byte[] part = new byte[region.width() * region.height() * 3];
    for (int y = 0; y < region.height(); y++) {
      picture
          .asByteBuffer()
          .get(
              (region.y() + y) * picture.stride() + region.x() * 3,
              part,
              y * region.width() * 3,
              region.width() * 3);
    }
    return part;
  }

  static int largestDifference(byte[] a, byte[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(a.length + " bytes against " + b.length);
    }
    int largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs((a[i] & 0xff) - (b[i] & 0xff)));
    }
    return largest;
  }

  static double meanDifference(byte[] a, byte[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
    }
    return sum / a.length;
  }

  /** Peak signal to noise ratio in dB. */
  static double psnr(byte[] a, byte[] b) {
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      int difference = (a[i] & 0xff) - (b[i] & 0xff);
      squares += difference * difference;
    }
    return 10 * Math.log10(255.0 * 255 * a.length / squares);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static byte clip(double value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }
}
