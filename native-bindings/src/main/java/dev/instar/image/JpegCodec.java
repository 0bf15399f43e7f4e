package dev.instar.image;

import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;

/**
 * Decodes and encodes JPEG. Implementations are not thread-safe: one worker, one codec.
 *
 * <p>Decoding gives RGB: grey is repeated, CMYK and YCCK are converted as Pillow does ({@code R =
 * C*K/255} on Adobe-inverted samples). EXIF orientation is not applied.
 */
public interface JpegCodec extends AutoCloseable {
  /**
   * How many reduced pixels a target pixel needs along each side so that reducing in the DCT costs
   * less than 0.15 dB.
   *
   * <p>Measured on twelve photographs of 2880x2160 pixels: the PSNR lost against a full decode,
   * after reducing by area to 341x256 and encoding at quality 75, in the mean (and for the worst
   * photograph). Decoded at 1/4: 0.06 dB (0.10) at a ratio of 2.1, which whole photographs have,
   * 0.10 (0.19) at 1.8, 0.14 (0.24) at 1.65, 0.21 (0.40) at 1.5. Decoded at 1/2: 0.09 (0.20) at
   * 1.65, 0.13 (0.27) at 1.5.
   */
  double OVERSAMPLING = 1.65;

  /** The fastest codec that works here; the reason for a slower one is logged once. */
  static JpegCodec best() {
    return Codecs.chosen().newJpegCodec();
  }

  /**
   * The rectangle that {@link #decode} gives, in pixels of the reduced picture.
   *
   * @throws IllegalArgumentException if the region is empty or leaves the picture, or the
   *     denominator is not 1, 2, 4 or 8
   */
  static Region reduced(ImageHeader header, Region region, int denominator) {
    if (region.isEmpty() || !region.within(header.size())) {
      throw new IllegalArgumentException(
          "the region " + region + " is not a part of " + header.size() + " pixels");
    }
    if (denominator < 1 || denominator > 8 || Integer.bitCount(denominator) != 1) {
      throw new IllegalArgumentException(
          "a picture reduced to 1/" + denominator + ", only 1/1, 1/2, 1/4 and 1/8 are possible");
    }
    int left = region.x() / denominator;
    int top = region.y() / denominator;
    return new Region(
        left,
        top,
        (region.right() + denominator - 1) / denominator - left,
        (region.bottom() + denominator - 1) / denominator - top);
  }

  /**
   * The coarsest denominator at which the reduced {@code region} still has {@code oversampling}
   * times the pixels of {@code target} in both directions; 1 where none has.
   */
  static int denominatorFor(Region region, Size target, double oversampling) {
    return denominatorFor(
        region.width(), region.height(), target.width(), target.height(), oversampling);
  }

  /** As {@link #denominatorFor(Region, Size, double)}, for who makes no objects. */
  static int denominatorFor(
      int width, int height, int targetWidth, int targetHeight, double oversampling) {
    for (int denominator = 8; denominator > 1; denominator /= 2) {
      if (width >= oversampling * denominator * targetWidth
          && height >= oversampling * denominator * targetHeight) {
        return denominator;
      }
    }
    return 1;
  }

  /** A short name for reports, such as {@code libjpeg-turbo}. */
  String name();

  /**
   * Decodes the part of a JPEG that covers {@code region}, reduced in the DCT by {@code
   * denominator}.
   *
   * <p>The reduced picture is {@code ceil(width/denominator) x ceil(height/denominator)}. What is
   * decoded is the smallest rectangle of it that covers {@code region/denominator}; its pixels
   * equal those of a full decode at the same scale.
   *
   * @param header the header that was read from the same bytes
   * @param region a part of the full-size picture, not empty, inside it
   * @param denominator 1, 2, 4 or 8
   * @param into takes the size of the decoded rectangle and its pixels
   * @return the decoded rectangle, in pixels of the reduced picture
   * @throws CorruptImageException if the data is cut short or damaged in a way that leaves pixels
   *     undefined
   */
  Region decode(Bytes jpeg, ImageHeader header, Region region, int denominator, PixelBuffer into)
      throws CorruptImageException;

  /**
   * As {@link #decode(Bytes, ImageHeader, Region, int, PixelBuffer)}, with an index of the same
   * JPEG: a decode of the whole fills an empty one, and later decodes of parts then read no more of
   * the data than they need. The pixels do not depend on it.
   */
  default Region decode(
      Bytes jpeg,
      ImageHeader header,
      Region region,
      int denominator,
      JpegIndex index,
      PixelBuffer into)
      throws CorruptImageException {
    return decode(jpeg, header, region, denominator, into);
  }

  /** An empty index for {@link #decode}; codecs that have no use for one share it all the same. */
  default JpegIndex newIndex() {
    return new JpegIndex(JpegIndex.NONE);
  }

  /**
   * Encodes a picture as a baseline JPEG with standard Huffman tables, replacing what {@code into}
   * held.
   *
   * @return the number of bytes written at the start of {@code into}, which grows as needed
   */
  int encode(PixelBuffer pixels, JpegSettings settings, NativeBuffer into);

  @Override
  void close();
}
