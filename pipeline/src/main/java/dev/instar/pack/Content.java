package dev.instar.pack;

import dev.instar.image.Size;
import dev.instar.memory.Bytes;

/**
 * The bytes of one record as its source holds them; valid until the source or the scratch buffer is
 * used again or closed.
 */
public sealed interface Content {
  /** The bytes. */
  Bytes bytes();

  /** A picture file: JPEG, PNG, TIFF, WebP or BMP, by what its first bytes say. */
  record Encoded(Bytes bytes) implements Content {}

  /** Pixels: {@code height x width x 3} bytes, RGB. */
  record Pixels(Bytes bytes, Size size) implements Content {}
}
