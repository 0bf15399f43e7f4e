package dev.instar.hdf5;

/**
 * The extent of a dataset or attribute (HDF5 File Format Specification 3.0, IV.A.2.b).
 *
 * @param isNull whether it holds no element at all, not even a scalar
 */
record Dataspace(boolean isNull, long[] shape) {
  private static final int MOST_DIMENSIONS = 32;

  static Dataspace read(Cursor cursor) throws Hdf5Exception {
    int version = cursor.u8();
    int rank = cursor.u8();
    int flags = cursor.u8();
    if (version < 1 || version > 2 || rank > MOST_DIMENSIONS) {
      throw cursor.file().damaged("a dataspace of version " + version + " and rank " + rank);
    }
    int kind = cursor.u8();
    if (version == 1) {
      cursor.skip(4);
    }
    long[] shape = new long[rank];
    for (int i = 0; i < rank; i++) {
      shape[i] = cursor.length();
      if (shape[i] < 0) {
        throw cursor.file().damaged("a side of " + Long.toUnsignedString(shape[i]) + " elements");
      }
    }
    cursor.skip((flags & 1) != 0 ? (long) rank * cursor.file().lengthBytes() : 0);
    return new Dataspace(version == 2 && kind == 2, shape);
  }

  /** The number of elements; {@link Long#MAX_VALUE} where it is larger than that. */
  long count() {
    if (isNull) {
      return 0;
    }
    long count = 1;
    boolean beyond = false;
    for (long side : shape) {
      if (side == 0) {
        return 0;
      }
      if (count > Long.MAX_VALUE / side) {
        beyond = true;
      } else {
        count *= side;
      }
    }
    return beyond ? Long.MAX_VALUE : count;
  }
}
