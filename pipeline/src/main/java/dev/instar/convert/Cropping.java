package dev.instar.convert;

import dev.instar.image.InputException;
import dev.instar.image.Region;
import dev.instar.image.Size;

/** Which part of a photograph is kept. Implementations are safe for any number of threads. */
@FunctionalInterface
public interface Cropping {
  /** The whole photograph. */
  Cropping WHOLE = (name, photograph) -> Region.of(photograph);

  /**
   * The part of the photograph {@code name} to keep, not empty; it may reach outside, where it is
   * padded.
   *
   * @param photograph its size, upright
   * @throws InputException if there is no usable box for it
   */
  Region of(String name, Size photograph) throws InputException;
}
