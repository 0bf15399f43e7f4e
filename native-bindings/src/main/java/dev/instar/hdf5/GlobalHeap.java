package dev.instar.hdf5;

/**
 * Variable-length values, in collections of numbered objects (HDF5 File Format Specification 3.0,
 * III.E).
 */
final class GlobalHeap {
  private GlobalHeap() {}

  /** The object {@code index} of the collection at {@code address}. */
  static Cursor object(FileImage file, long address, long index) throws Hdf5Exception {
    Cursor header = file.at(address);
    header.signature("GCOL");
    header.expect(1, "the version of a global heap");
    header.skip(3);
    long size = header.length();
    Cursor cursor = file.at(address, size);
    cursor.skip(header.position());
    int prefix = 8 + file.lengthBytes();
    while (cursor.remaining() >= prefix) {
      int number = cursor.u16();
      cursor.skip(6);
      long length = cursor.length();
      if (number == 0) {
        break;
      }
      if (number == index) {
        return cursor.sub(length);
      }
      cursor.skip(length < 0 ? -1 : Math.min(cursor.remaining(), (length + 7) / 8 * 8));
    }
    throw file.damaged("a variable-length value is missing from the heap at " + address);
  }
}
