package dev.instar.hdf5;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out where a dataset's bytes lie (data layout message: HDF5 File Format Specification 3.0,
 * IV.A.2.i).
 */
final class Layout {
  private static final int COMPACT = 0;
  private static final int CONTIGUOUS = 1;
  private static final int CHUNKED = 2;
  private static final int VIRTUAL = 3;

  private Layout() {}

  static Storage read(ObjectHeader header, ElementType type, Dataspace space) throws Hdf5Exception {
    if (header.has(ObjectHeader.EXTERNAL_FILES)) {
      return new Storage.External();
    }
    FileImage file = header.file();
    Cursor cursor = header.require(ObjectHeader.LAYOUT, "layout");
    int version = cursor.u8();
    if (version != 3 && version != 4) {
      throw file.unsupported("a data layout of version " + version);
    }
    int kind = cursor.u8();
    return switch (kind) {
      case COMPACT -> {
        int length = cursor.u16();
        yield new Storage.Compact(file.base() + cursor.sub(length).address(), length);
      }
      case CONTIGUOUS -> contiguous(file, cursor.offset(), cursor.length());
      case CHUNKED -> chunked(header, cursor, version, type, space);
      case VIRTUAL -> VirtualLayout.read(cursor);
      default -> throw file.damaged("a data layout of class " + kind);
    };
  }

  private static Storage contiguous(FileImage file, long address, long length)
      throws Hdf5Exception {
    if (address == FileImage.UNDEFINED || length == 0) {
      return new Storage.Unallocated();
    }
    if (address < 0 || length < 0 || address > file.end() || length > file.end() - address) {
      throw file.damaged(
          "a dataset of " + Long.toUnsignedString(length) + " bytes leaves the file");
    }
    return new Storage.Contiguous(file.base() + address, length);
  }

  private static Storage chunked(
      ObjectHeader header, Cursor cursor, int version, ElementType type, Dataspace space)
      throws Hdf5Exception {
    FileImage file = header.file();
    List<Storage.Filter> filters = filters(header);
    int flags = version == 4 ? cursor.u8() : 0;
    int sides = cursor.u8();
    int rank = space.shape().length;
    long index = version == 3 ? cursor.offset() : FileImage.UNDEFINED;
    int sideBytes = version == 3 ? 4 : cursor.u8();
    if (sides != rank + 1 || sideBytes < 1 || sideBytes > 8) {
      throw file.damaged("tiles of " + sides + " sides for a dataset of rank " + rank);
    }
    List<Integer> shape = new ArrayList<>();
    long bytes = type.bytes();
    for (int i = 0; i <= rank; i++) {
      long side = cursor.number(sideBytes);
      if (side < 1 || side > Integer.MAX_VALUE || i == rank && side != type.bytes()) {
        throw file.damaged("a tile's side of " + side);
      }
      if (i < rank) {
        shape.add((int) side);
        bytes *= side;
        if (bytes > Integer.MAX_VALUE - 8) {
          throw file.unsupported("a tile of 2 GiB or more");
        }
      }
    }
    ChunkIndex chunks = new ChunkIndex(file, shape, space.shape(), (int) bytes, !filters.isEmpty());
    List<Storage.Chunk> found =
        version == 3 ? chunks.oldTree(index) : chunks.index(cursor, (flags & 2) != 0);
    return found.isEmpty()
        ? new Storage.Unallocated()
        : new Storage.Chunked(List.copyOf(shape), found, filters);
  }

  /** The filter pipeline message (IV.A.2.l). */
  private static List<Storage.Filter> filters(ObjectHeader header) throws Hdf5Exception {
    Optional<Cursor> message = header.find(ObjectHeader.FILTERS);
    if (message.isEmpty()) {
      return List.of();
    }
    Cursor cursor = message.get();
    int version = cursor.u8();
    int count = cursor.u8();
    if (version < 1 || version > 2 || count > 32) {
      throw header.file().damaged("a filter pipeline of version " + version);
    }
    cursor.skip(version == 1 ? 6 : 0);
    List<Storage.Filter> filters = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = cursor.u16();
      int nameBytes = version == 1 || id >= 256 ? cursor.u16() : 0;
      cursor.skip(2);
      int values = cursor.u16();
      cursor.skip(version == 1 ? (nameBytes + 7) / 8 * 8L : nameBytes);
      List<Integer> parameters = new ArrayList<>();
      for (int j = 0; j < values; j++) {
        parameters.add((int) cursor.u32());
      }
      cursor.skip(version == 1 && values % 2 == 1 ? 4 : 0);
      filters.add(new Storage.Filter(id, List.copyOf(parameters)));
    }
    return List.copyOf(filters);
  }
}
