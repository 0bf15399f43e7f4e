package dev.instar.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_ANYDEPTH;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import dev.instar.memory.Bytes;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes PNG, TIFF, WebP and BMP through OpenCV: whole pictures, 8-bit RGB. Samples of 16 bits are
 * scaled ({@code v/257}, rounded), palettes looked up, grey repeated, alpha dropped. EXIF
 * orientation is not applied.
 *
 * <p>Creating one loads OpenCV, so wait until such a picture turns up. Not thread-safe: one worker,
 * one decoder.
 */
public final class RasterDecoder implements AutoCloseable {
  private final Mat decoded = new Mat();
  private final Mat scaled = new Mat();

  public RasterDecoder() {
    OpenCv.load();
  }

  /**
   * Decodes a whole picture, replacing what {@code into} held.
   *
   * @param header the header that was read from the same bytes; not a JPEG's
   * @throws CorruptImageException if the data is cut short, damaged, or not what the header says
   */
  public void decode(Bytes file, ImageHeader header, PixelBuffer into)
      throws CorruptImageException {
    if (header.format() == ImageFormat.JPEG) {
      throw new IllegalArgumentException("a JPEG is decoded by a JpegCodec");
    }
    if (header.format() == ImageFormat.PNG) {
      PngHeader.requireEnd(new Fields(file, "the PNG"));
    }
    into.reshapeToDeclared(header.size());
    int depth = header.bitDepth() > 8 ? IMREAD_ANYDEPTH : 0;
    OpenCv.decode(
        file,
        IMREAD_COLOR | IMREAD_IGNORE_ORIENTATION | depth,
        header.size(),
        header.format().toString(),
        decoded);
    Mat bgr = decoded;
    if (decoded.depth() != CV_8U) {
      decoded.convertTo(scaled, CV_8U, 1 / 257.0, 0);
      bgr = scaled;
    }
    if (bgr.type() != CV_8UC3) {
      throw new CorruptImageException(
          Fault.UNSUPPORTED, "OpenCV decodes the " + header.format() + " to type " + bgr.type());
    }
    try (Mat target = OpenCv.of(into)) {
      cvtColor(bgr, target, COLOR_BGR2RGB);
    }
  }

  @Override
  public void close() {
    decoded.close();
    scaled.close();
  }
}
