package dev.instar.image;

/** The type of a value in a batch. */
public enum PixelType {
  UINT8(1),
  /** The upper half of a float32, rounded to nearest, ties to even. */
  BFLOAT16(2),
  FLOAT32(4);

  private final int bytes;

  PixelType(int bytes) {
    this.bytes = bytes;
  }

  /** The bytes that one value takes. */
  public int bytes() {
    return bytes;
  }
}
