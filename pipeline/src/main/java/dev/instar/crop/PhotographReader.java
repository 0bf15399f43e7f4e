package dev.instar.crop;

import dev.instar.image.Box;
import dev.instar.image.Filter;
import dev.instar.image.InputException;
import dev.instar.image.JpegCodec;
import dev.instar.image.Orientation;
import dev.instar.image.PixelBuffer;
import dev.instar.image.RasterDecoder;
import dev.instar.image.Region;
import dev.instar.image.Resampler;
import dev.instar.image.Size;
import dev.instar.pack.Content;
import java.util.Optional;

/**
 * Decodes photographs, whole and upright, at full size or reduced. Owns its codecs and buffers; not
 * thread-safe.
 *
 * <p>It keeps its buffers between photographs, and gives large ones back.
 */
public final class PhotographReader implements AutoCloseable {
  /** Buffers above this many bytes are given back before the next photograph. */
  private static final int KEPT_BYTES = 64 << 20;

  private final JpegCodec codec = JpegCodec.best();
  private final Resampler resampler = Resampler.best();
  private final PixelBuffer decoded = new PixelBuffer();
  private final PixelBuffer reduced = new PixelBuffer();
  private final PixelBuffer upright = new PixelBuffer();
  private Optional<RasterDecoder> rasters = Optional.empty();

  /** The bytes of what {@link #reduced} returns. */
  public static long bytesOf(Photograph photograph, int shorterSide) {
    int denominator = denominator(photograph.stored(), shorterSide);
    Size size = photograph.stored();
    return PixelBuffer.bytesOf(
        new Size(divided(size.width(), denominator), divided(size.height(), denominator)));
  }

  /** An upper bound of the memory that {@link #reduced} takes, in bytes. */
  public static long memoryFor(Photograph photograph, int shorterSide) {
    // Whole where it is no JPEG, or one that keeps all its coefficients, 16 bits each.
    boolean inPasses = photograph.isJpeg() && !photograph.isProgressive();
    long whole = inPasses ? 0 : 2 * PixelBuffer.bytesOf(photograph.stored());
    return whole + 2 * bytesOf(photograph, shorterSide);
  }

  /**
   * Decodes all pixels.
   *
   * @return the upright picture, this reader's own: valid until the next call
   * @throws InputException if the photograph is cut short or damaged
   */
  public PixelBuffer full(Photograph photograph) throws InputException {
    return reduced(photograph, Integer.MAX_VALUE);
  }

  /**
   * Decodes at the coarsest of the scales 1, 1/2, 1/4 and 1/8 whose shorter side still has {@code
   * shorterSide} pixels; at full size where none has. Sides are rounded up. A JPEG is decoded at
   * that scale, other pictures are reduced by the area filter to the same size.
   *
   * @return the upright picture, this reader's own: valid until the next call
   * @throws InputException if the photograph is cut short or damaged
   */
  public PixelBuffer reduced(Photograph photograph, int shorterSide) throws InputException {
    for (PixelBuffer buffer : new PixelBuffer[] {decoded, reduced, upright}) {
      buffer.trim(KEPT_BYTES);
    }
    PixelBuffer picture = stored(photograph, denominator(photograph.stored(), shorterSide));
    Orientation orientation = photograph.orientation();
    if (orientation == Orientation.UPRIGHT) {
      return picture;
    }
    orientation.turn(picture, upright);
    return upright;
  }

  private PixelBuffer stored(Photograph photograph, int denominator) throws InputException {
    Content content = photograph.content();
    if (photograph.header().isEmpty()) {
      decoded.reshape(photograph.stored());
      decoded.asByteBuffer().put(content.bytes().buffer());
      return shrunk(denominator);
    }
    if (photograph.isJpeg()) {
      photograph.decode(codec, Region.of(photograph.stored()), denominator, decoded);
      return decoded;
    }
    if (rasters.isEmpty()) {
      rasters = Optional.of(new RasterDecoder());
    }
    rasters.get().decode(content.bytes(), photograph.header().get(), decoded);
    return shrunk(denominator);
  }

  private PixelBuffer shrunk(int denominator) {
    if (denominator == 1) {
      return decoded;
    }
    reduced.reshape(
        new Size(divided(decoded.width(), denominator), divided(decoded.height(), denominator)));
    resampler.resize(decoded, Box.of(decoded.size()), reduced, Filter.AREA);
    return reduced;
  }

  private static int denominator(Size size, int shorterSide) {
    int shorter = Math.min(size.width(), size.height());
    int denominator = 8;
    while (denominator > 1 && divided(shorter, denominator) < shorterSide) {
      denominator /= 2;
    }
    return denominator;
  }

  /** As libjpeg rounds the sides of a reduced picture: up. */
  private static int divided(int side, int denominator) {
    return (side + denominator - 1) / denominator;
  }

  @Override
  public void close() {
    codec.close();
    resampler.close();
    decoded.close();
    reduced.close();
    upright.close();
    rasters.ifPresent(RasterDecoder::close);
  }
}
