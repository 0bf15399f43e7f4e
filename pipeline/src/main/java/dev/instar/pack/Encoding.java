package dev.instar.pack;

/** How the pictures of a collection are stored. */
public enum Encoding {
  /** Each record is a JPEG file. */
  JPEG,
  /** Each record is {@code height x width x 3} bytes, RGB. */
  RAW
}
