package dev.instar.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import dev.instar.device.NativeLibrary;
import dev.instar.memory.Bytes;
import java.lang.ref.Reference;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * OpenCV over our memory. Using the class loads OpenCV, with one thread: workers are threads
 * already.
 */
final class OpenCv {
  /** A constant of the compiler: reading it loads nothing. */
  static final String VERSION =
      opencv_core.CV_VERSION_MAJOR
          + "."
          + opencv_core.CV_VERSION_MINOR
          + "."
          + opencv_core.CV_VERSION_REVISION;

  static {
    NativeLibrary.OPENCV.load();
    opencv_core.setNumThreads(1);
  }

  private OpenCv() {}

  /** Loads OpenCV, or throws the error that says why it cannot be. */
  static void load() {
    Loader.load(opencv_imgcodecs.class);
  }

  /**
   * Decodes a whole picture file.
   *
   * @param flags OpenCV's IMREAD flags
   * @param expected the size that the header promises
   * @param format what it is, for messages
   * @param into takes the picture: rows of blue, green and red
   */
  static void decode(Bytes file, int flags, Size expected, String format, Mat into)
      throws CorruptImageException {
    try (Mat bytes = of(file);
        Mat decoded = opencv_imgcodecs.imdecode(bytes, flags, into)) {
      if (decoded.empty()) {
        throw new CorruptImageException(
            Fault.CORRUPT, "decoding the " + format + ": OpenCV finds no picture in it");
      }
    } catch (RuntimeException failure) {
      throw new CorruptImageException(
          Fault.CORRUPT, "decoding the " + format + ": " + sentence(failure));
    } finally {
      Reference.reachabilityFence(file);
    }
    if (into.cols() != expected.width() || into.rows() != expected.height()) {
      throw new CorruptImageException(
          Fault.CORRUPT,
          "decoding the %s: its header says %s pixels, OpenCV finds %dx%d"
              .formatted(format, expected, into.cols(), into.rows()));
    }
  }

  /** OpenCV's message on one line. */
  private static String sentence(RuntimeException failure) {
    return String.valueOf(failure.getMessage()).replaceAll("\\s+", " ").strip();
  }

  /** A row of bytes; close it before what it shows. */
  static Mat of(Bytes bytes) {
    try (Address address = new Address(bytes.address())) {
      return new Mat(1, bytes.size(), CV_8UC1, address);
    }
  }

  /** Three channels of bytes; close it before what it shows. */
  static Mat of(PixelBuffer pixels) {
    try (Address address = new Address(pixels.address())) {
      return new Mat(pixels.height(), pixels.width(), CV_8UC3, address);
    }
  }

  /** A pointer to memory that somebody else owns. */
  private static final class Address extends Pointer {
    Address(long address) {
      this.address = address;
    }
  }
}
