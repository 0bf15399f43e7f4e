package dev.instar.hdf5;

import dev.instar.memory.MappedFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The start of an HDF5 file (HDF5 File Format Specification 3.0, II.A), versions 0 to 3.
 *
 * @param root the address of the root group's object header
 */
record Superblock(FileImage file, long root) {
  private static final long SIGNATURE = 0x0a1a0a0d46444889L; // "\211HDF\r\n\032\n"

  static Superblock read(Path path, MappedFile map) throws Hdf5Exception {
    long start = find(path, map);
    // Widths are not known yet: they are inside.
    FileImage raw = new FileImage(path, map, start, map.size() - start, 8, 8);
    Cursor cursor = raw.at(0);
    cursor.skip(8);
    int version = cursor.u8();
    if (version > 3) {
      throw raw.unsupported("superblock version " + version);
    }
    if (version < 2) {
      cursor.skip(4);
    }
    int offsetBytes = width(raw, cursor.u8());
    int lengthBytes = width(raw, cursor.u8());
    Cursor body =
        new FileImage(path, map, start, map.size() - start, offsetBytes, lengthBytes).at(0);
    body.seek(cursor.position());
    return version < 2 ? old(body, version, start) : checked(body, version, start);
  }

  private static long find(Path path, MappedFile map) throws Hdf5Exception {
    for (long at = 0; at <= map.size() - 8; at = at == 0 ? 512 : at * 2) {
      ByteBuffer view = map.view(at, 8).buffer();
      if (view.order(ByteOrder.LITTLE_ENDIAN).getLong() == SIGNATURE) {
        return at;
      }
    }
    throw new Hdf5Exception(path, map.size() == 0 ? "an empty file" : "not an HDF5 file");
  }

  private static int width(FileImage raw, int width) throws Hdf5Exception {
    if (width != 2 && width != 4 && width != 8) {
      throw raw.damaged("addresses or lengths of " + width + " bytes");
    }
    return width;
  }

  private static Superblock old(Cursor cursor, int version, long start) throws Hdf5Exception {
    cursor.skip(1 + 2 + 2 + 4);
    if (version == 1) {
      cursor.skip(4);
    }
    long base = cursor.offset();
    cursor.offset();
    long end = cursor.offset();
    cursor.offset();
    cursor.offset();
    long root = cursor.offset();
    return new Superblock(image(cursor.file(), start, base, end), root);
  }

  private static Superblock checked(Cursor cursor, int version, long start) throws Hdf5Exception {
    int flags = cursor.u8();
    long base = cursor.offset();
    cursor.offset();
    long end = cursor.offset();
    long root = cursor.offset();
    cursor.checksum();
    if (version == 3 && (flags & 1) != 0) {
      throw new Hdf5Exception(
          cursor.file().path(), "still being written, or its writer died before closing it");
    }
    return new Superblock(image(cursor.file(), start, base, end), root);
  }

  private static FileImage image(FileImage raw, long start, long base, long end)
      throws Hdf5Exception {
    if (base != start) {
      throw raw.damaged("a base address of " + base + " in a superblock at " + start);
    }
    if (end < base) {
      throw raw.damaged("a declared end of " + end);
    }
    if (end > raw.map().size()) {
      throw new Hdf5Exception(
          raw.path(),
          "truncated: " + raw.map().size() + " bytes of a declared " + end + " are there");
    }
    return new FileImage(
        raw.path(), raw.map(), base, end - base, raw.offsetBytes(), raw.lengthBytes());
  }
}
