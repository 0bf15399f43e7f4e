package dev.instar.crop;

import dev.instar.image.InputException;
import dev.instar.image.PixelBuffer;

/**
 * Decodes photographs, whole and upright, at full size or reduced. Owns its codecs and buffers; not
 * thread-safe.
 */
public final class PhotographReader implements AutoCloseable {
  /**
   * Decodes all pixels.
   *
   * @return the upright picture, this reader's own: valid until the next call
   */
  public PixelBuffer full(Photograph photograph) throws InputException {
    return reduced(photograph, Integer.MAX_VALUE);
  }

  /**
   * Decodes at the coarsest of the scales 1, 1/2, 1/4 and 1/8 whose shorter side still has {@code
   * shorterSide} pixels; at full size where none has. A JPEG is decoded at that scale, other
   * pictures are reduced by the area filter to the same size.
   *
   * @return the upright picture, this reader's own: valid until the next call
   */
  public PixelBuffer reduced(Photograph photograph, int shorterSide) throws InputException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
