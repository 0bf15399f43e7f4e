package dev.instar.image;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.Platform;

/**
 * The functions of {@code instar_core.h}, which documents them. Pointers are plain addresses, so
 * that a call makes no object. Using the class loads the library; {@link Codecs} asks first whether
 * it can be.
 */
@Platform(include = "instar_core.h", library = "jniInstarCore")
final class NativeCore {
  static final int OK = 0;
  static final int NOT_AN_IMAGE = 1;
  static final int UNSUPPORTED = 2;
  static final int TRUNCATED = 3;
  static final int CORRUPT = 4;
  static final int NO_MEMORY = 5;

  static final int SCALAR = 0;
  static final int AVX2 = 1;

  static {
    Loader.load();
  }

  private NativeCore() {}

  static native String instar_jpeg_version();

  static native int instar_simd();

  @Cast("instar_jpeg_index*")
  static native long instar_jpeg_index_new();

  static native void instar_jpeg_index_clear(@Cast("instar_jpeg_index*") long index);

  static native void instar_jpeg_index_free(@Cast("instar_jpeg_index*") long index);

  static native int instar_jpeg_decode(
      @Cast("const uint8_t*") long jpeg,
      long jpegBytes,
      int denominator,
      int x,
      int y,
      int width,
      int height,
      @Cast("instar_jpeg_index*") long index,
      @Cast("uint8_t*") long pixels,
      @Cast("char*") long message,
      int messageBytes);

  static native long instar_jpeg_bound(int width, int height, int subsampling);

  static native long instar_jpeg_encode(
      @Cast("const uint8_t*") long pixels,
      int width,
      int height,
      int quality,
      int subsampling,
      @Cast("uint8_t*") long jpeg,
      long capacity,
      @Cast("char*") long message,
      int messageBytes);

  static native int instar_area(
      @Cast("const uint8_t*") long source,
      long sourceStride,
      @Cast("const int32_t*") long rows,
      int rowTaps,
      @Cast("const int32_t*") long columns,
      int columnTaps,
      @Cast("uint8_t*") long target,
      int targetWidth,
      int targetHeight,
      int simd);

  static native int instar_convolve(
      @Cast("const uint8_t*") long source,
      long sourceStride,
      @Cast("const int32_t*") long rows,
      int rowTaps,
      @Cast("const int32_t*") long columns,
      int columnTaps,
      @Cast("uint8_t*") long target,
      int targetWidth,
      int targetHeight,
      int simd);

  @Cast("instar_converter*")
  static native long instar_converter_new(
      @Cast("const instar_sample_format*") long format, int simd);

  static native void instar_converter_free(@Cast("instar_converter*") long converter);

  static native int instar_sample_jpeg(
      @Cast("instar_converter*") long converter,
      @Cast("const uint8_t*") long jpeg,
      long jpegBytes,
      @Cast("const instar_plan*") long plan,
      @Cast("uint8_t*") long slot,
      @Cast("char*") long message,
      int messageBytes);

  static native int instar_sample_pixels(
      @Cast("instar_converter*") long converter,
      @Cast("const uint8_t*") long pixels,
      @Cast("const instar_plan*") long plan,
      @Cast("uint8_t*") long slot);
}
