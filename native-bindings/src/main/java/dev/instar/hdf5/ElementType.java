package dev.instar.hdf5;

/**
 * What the elements of a dataset are.
 *
 * @param kind the family
 * @param bytes the size of one element as stored; of a variable-length one, the size of its
 *     reference
 * @param signed whether an integer has a sign
 * @param littleEndian the byte order of a number
 * @param baseBytes of a sequence, the size of one of its elements if those are integers, else 0
 */
public record ElementType(
    Kind kind, int bytes, boolean signed, boolean littleEndian, int baseBytes) {
  /** The families of element types; what is not told apart is {@code OTHER}. */
  public enum Kind {
    INTEGER,
    /** IEEE 754, 4 or 8 bytes. */
    FLOAT,
    /** Bytes of a fixed number, padded with zeros or blanks: text or anything else. */
    FIXED_STRING,
    VARIABLE_STRING,
    /** Bytes without meaning to HDF5. */
    OPAQUE,
    /** A run of any length of one base type. */
    SEQUENCE,
    OTHER
  }

  private static final int CLASS_INTEGER = 0;
  private static final int CLASS_FLOAT = 1;
  private static final int CLASS_STRING = 3;
  private static final int CLASS_OPAQUE = 5;
  private static final int CLASS_VARIABLE = 9;

  /** Reads a datatype message (HDF5 File Format Specification 3.0, IV.A.2.d). */
  static ElementType read(Cursor cursor) throws Hdf5Exception {
    int family = cursor.u8() & 0x0f;
    int bits = cursor.u8() | cursor.u8() << 8 | cursor.u8() << 16;
    long size = cursor.u32();
    if (size == 0 || size > Integer.MAX_VALUE) {
      throw cursor.file().damaged("an element of " + size + " bytes");
    }
    int bytes = (int) size;
    boolean little = (bits & 1) == 0;
    return switch (family) {
      case CLASS_INTEGER -> integer(cursor, bytes, (bits & 8) != 0, little);
      case CLASS_FLOAT -> real(cursor, bytes, little, (bits & 0x40) == 0);
      case CLASS_STRING -> new ElementType(Kind.FIXED_STRING, bytes, false, true, 0);
      case CLASS_OPAQUE -> new ElementType(Kind.OPAQUE, bytes, false, true, 0);
      case CLASS_VARIABLE -> variable(cursor, bytes, bits & 0x0f);
      default -> new ElementType(Kind.OTHER, bytes, false, little, 0);
    };
  }

  private static ElementType integer(Cursor cursor, int bytes, boolean signed, boolean little)
      throws Hdf5Exception {
    boolean whole = cursor.u16() == 0 && cursor.u16() == bytes * 8L;
    boolean usual = bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
    return new ElementType(whole && usual ? Kind.INTEGER : Kind.OTHER, bytes, signed, little, 0);
  }

  private static ElementType real(Cursor cursor, int bytes, boolean little, boolean plainOrder)
      throws Hdf5Exception {
    boolean whole = cursor.u16() == 0 && cursor.u16() == bytes * 8L;
    int exponentBits = cursor.remaining() >= 2 && cursor.u8() >= 0 ? cursor.u8() : 0;
    boolean ieee = bytes == 4 && exponentBits == 8 || bytes == 8 && exponentBits == 11;
    return new ElementType(
        whole && ieee && plainOrder ? Kind.FLOAT : Kind.OTHER, bytes, true, little, 0);
  }

  private static ElementType variable(Cursor cursor, int bytes, int kind) throws Hdf5Exception {
    if (kind == 1) {
      return new ElementType(Kind.VARIABLE_STRING, bytes, false, true, 1);
    }
    // The base type is read one level deep only: a base that is itself variable has no size of its
    // own.
    int base = cursor.u8() & 0x0f;
    cursor.skip(3);
    long baseBytes = cursor.u32();
    boolean plain = base == CLASS_INTEGER && baseBytes >= 1 && baseBytes <= 8;
    return new ElementType(Kind.SEQUENCE, bytes, false, true, plain ? (int) baseBytes : 0);
  }
}
