package dev.instar.image;

/**
 * Changes the size of pictures. Every implementation gives the same bytes, because the arithmetic
 * is part of the contract:
 *
 * <ul>
 *   <li>{@link Filter#BILINEAR} and {@link Filter#LANCZOS} are Pillow's {@code ImagingResample} for
 *       bytes: weights in 22-bit fixed point, columns first, then rows, each rounded half up to a
 *       byte.
 *   <li>{@link Filter#AREA} has weights in 14-bit fixed point that sum to 1 exactly: rows first,
 *       rounded half up to 7 fractional bits, then columns, rounded half up to a byte.
 * </ul>
 *
 * <p>Implementations keep the weights of the last geometry. They are not thread-safe: one worker,
 * one resampler.
 */
public interface Resampler extends AutoCloseable {
  /** The fastest resampler that works here; the reason for a slower one is logged once. */
  static Resampler best() {
    return Codecs.chosen().newResampler();
  }

  /**
   * Resamples the part {@code box} of {@code source} to fill {@code target}, which already has its
   * size and is another buffer.
   *
   * @throws IllegalArgumentException if the box leaves the source
   */
  void resize(PixelBuffer source, Box box, PixelBuffer target, Filter filter);

  /** Releases scratch memory. */
  @Override
  void close();
}
