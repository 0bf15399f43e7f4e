package dev.instar.convert;

import dev.instar.crop.Photograph;
import dev.instar.image.InputException;

/**
 * Says what is known of the insect in a photograph, be it from a file or from looking at it. Not
 * thread-safe: one worker, one sight.
 */
public interface Sight extends AutoCloseable {
  /** Knows nothing of any photograph. */
  Sight NONE = (name, photograph) -> Sighting.NOTHING;

  /**
   * The photograph as {@link #of} takes it, and whoever decodes it afterwards; valid until the next
   * one.
   */
  default Photograph prepared(Photograph photograph) {
    return photograph;
  }

  /**
   * What is known of a photograph; the same for the same photograph, whatever came before it.
   *
   * @param name the photograph's, {@code /} between folders
   * @throws InputException if it cannot be decoded, or what is known does not fit it
   */
  Sighting of(String name, Photograph photograph) throws InputException;

  /** An upper bound of the memory that {@link #of} takes for a photograph, in bytes. */
  default long memoryFor(Photograph photograph) {
    return 0;
  }

  @Override
  default void close() {}
}
