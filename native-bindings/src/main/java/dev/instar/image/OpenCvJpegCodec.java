package dev.instar.image;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_420;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_422;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_444;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * JPEG through OpenCV: works wherever the native core was not built, but decodes the whole picture
 * for any region, and takes damage inside a scan for pixels.
 */
final class OpenCvJpegCodec implements JpegCodec {
  private final Mat bgr = new Mat();

  OpenCvJpegCodec() {
    OpenCv.load();
  }

  @Override
  public String name() {
    return "OpenCV";
  }

  @Override
  public Region decode(
      Bytes jpeg, ImageHeader header, Region region, int denominator, PixelBuffer into)
      throws CorruptImageException {
    Region reduced = JpegCodec.reduced(header, region, denominator);
    JpegHeader.requireEnd(new Fields(jpeg, "the JPEG"));
    Size whole = JpegCodec.reduced(header, Region.of(header.size()), denominator).size();
    OpenCv.decode(jpeg, flags(denominator), whole, "JPEG", bgr);
    into.reshapeToDeclared(reduced.size());
    try (Rect rectangle = new Rect(reduced.x(), reduced.y(), reduced.width(), reduced.height());
        Mat part = new Mat(bgr, rectangle);
        Mat target = OpenCv.of(into)) {
      cvtColor(part, target, COLOR_BGR2RGB);
    }
    return reduced;
  }

  @Override
  public int encode(PixelBuffer pixels, JpegSettings settings, NativeBuffer into) {
    int sampling =
        switch (settings.subsampling()) {
          case S420 -> IMWRITE_JPEG_SAMPLING_FACTOR_420;
          case S422 -> IMWRITE_JPEG_SAMPLING_FACTOR_422;
          case S444 -> IMWRITE_JPEG_SAMPLING_FACTOR_444;
        };
    try (Mat source = OpenCv.of(pixels);
        BytePointer jpeg = new BytePointer();
        IntPointer parameters =
            new IntPointer(
                IMWRITE_JPEG_QUALITY, settings.quality(), IMWRITE_JPEG_SAMPLING_FACTOR, sampling)) {
      cvtColor(source, bgr, COLOR_BGR2RGB);
      if (!imencode(".jpg", bgr, jpeg, parameters)) {
        throw new IllegalArgumentException(
            "encoding " + pixels.size() + " pixels as JPEG: OpenCV gives no reason");
      }
      int bytes = Math.toIntExact(jpeg.limit());
      into.ensureCapacity(bytes);
      into.asByteBuffer().put(jpeg.asByteBuffer());
      return bytes;
    }
  }

  @Override
  public void close() {
    bgr.close();
  }

  private static int flags(int denominator) {
    int scale =
        switch (denominator) {
          case 2 -> IMREAD_REDUCED_COLOR_2;
          case 4 -> IMREAD_REDUCED_COLOR_4;
          case 8 -> IMREAD_REDUCED_COLOR_8;
          default -> IMREAD_COLOR;
        };
    return scale | IMREAD_IGNORE_ORIENTATION;
  }
}
