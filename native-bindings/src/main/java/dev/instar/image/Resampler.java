package dev.instar.image;

/**
 * Changes the size of pictures. Every implementation gives the same bytes: the arithmetic (Pillow's 22-bit fixed point, horizontal and
 * vertical passes with a rounding between them) is part of the contract. Implementations are not thread-safe: one worker, one resampler.
 */
public interface Resampler extends AutoCloseable {
  /** The fastest resampler that works here; the reason for a slower one is logged once. */
  static Resampler best() {
    return Codecs.chosen().newResampler();
  }

  /**
   * Resamples the part {@code box} of {@code source} to fill {@code target}, which already has its size.
   *
   * @throws IllegalArgumentException if the box leaves the source
   */
  void resize(PixelBuffer source, Box box, PixelBuffer target, Filter filter);

  /** Releases scratch memory. */
  @Override
  void close();
}
