package dev.instar.torch;

/** The element types of stored tensors, by their names in safetensors where it has one. */
public enum ElementType {
  BOOL(1),
  U8(1),
  I8(1),
  I16(2),
  I32(4),
  I64(8),
  F16(2),
  BF16(2),
  F32(4),
  F64(8),
  C64(8),
  C128(16);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Whether the safetensors format has it: it knows no pairs of doubles. */
  boolean inSafetensors() {
    return this != C128;
  }

  /** What the address of an element must be a multiple of, in bytes. */
  int alignment() {
    return this == C64 || this == C128 ? bytes / 2 : bytes;
  }

  /** The bytes that one element takes. */
  public int bytes() {
    return bytes;
  }
}
