package dev.instar.hdf5;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists the stored tiles of a chunked dataset (HDF5 File Format Specification 3.0, III.A.1, VII).
 */
final class ChunkIndex {
  private static final int SINGLE = 1;
  private static final int IMPLICIT = 2;
  private static final int FIXED_ARRAY = 3;
  private static final int MOST_CHUNKS = 1 << 24;

  private record Node(long address, int level) {}

  private final FileImage file;
  private final List<Integer> chunkShape;
  private final long[] shape;
  private final int chunkBytes;
  private final boolean filtered;
  private final List<Storage.Chunk> chunks = new ArrayList<>();
  private long budget;

  ChunkIndex(
      FileImage file, List<Integer> chunkShape, long[] shape, int chunkBytes, boolean filtered) {
    this.file = file;
    this.chunkShape = chunkShape;
    this.shape = shape;
    this.chunkBytes = chunkBytes;
    this.filtered = filtered;
    this.budget = file.end();
  }

  /** The version 1 B-tree of layout version 3. */
  List<Storage.Chunk> oldTree(long root) throws Hdf5Exception {
    ArrayDeque<Node> stack = new ArrayDeque<>();
    if (root != FileImage.UNDEFINED) {
      stack.push(new Node(root, -1));
    }
    while (!stack.isEmpty()) {
      oldNode(stack.pop(), stack);
    }
    return List.copyOf(chunks);
  }

  private void oldNode(Node node, ArrayDeque<Node> stack) throws Hdf5Exception {
    Cursor cursor = file.at(node.address);
    cursor.signature("TREE");
    cursor.expect(1, "the type of a B-tree of tiles");
    int level = cursor.u8();
    if (node.level >= 0 && level != node.level - 1) {
      throw file.damaged("a B-tree node of level " + level + " below level " + node.level);
    }
    int used = cursor.u16();
    cursor.offset();
    cursor.offset();
    budget -= 24L + used * (8L + 8L * (shape.length + 1) + file.offsetBytes());
    if (budget < 0) {
      throw file.damaged("a B-tree of tiles has more nodes than fit in the file");
    }
    for (int i = 0; i < used; i++) {
      long length = cursor.u32();
      int skipped = (int) cursor.u32();
      List<Long> start = new ArrayList<>(shape.length);
      for (int side = 0; side < shape.length; side++) {
        start.add(cursor.i64());
      }
      cursor.skip(8);
      long child = cursor.offset();
      if (level == 0) {
        add(start, child, length, skipped);
      } else {
        stack.push(new Node(child, level));
      }
    }
  }

  /** One of the indexes of layout version 4; the cursor stands at the index type. */
  List<Storage.Chunk> index(Cursor cursor, boolean singleIsFiltered) throws Hdf5Exception {
    int kind = cursor.u8();
    switch (kind) {
      case SINGLE -> {
        long length = singleIsFiltered ? cursor.length() : chunkBytes;
        int skipped = singleIsFiltered ? (int) cursor.u32() : 0;
        long address = cursor.offset();
        if (address != FileImage.UNDEFINED) {
          add(startOf(0), address, length, skipped);
        }
      }
      case IMPLICIT -> {
        long first = cursor.offset();
        long count = first == FileImage.UNDEFINED ? 0 : chunkCount();
        for (long i = 0; i < count; i++) {
          add(startOf(i), first + i * chunkBytes, chunkBytes, 0);
        }
      }
      case FIXED_ARRAY -> {
        cursor.skip(1);
        long header = cursor.offset();
        if (header != FileImage.UNDEFINED) {
          fixedArray(header);
        }
      }
      default -> throw file.unsupported("a chunk index of kind " + kind + ", of growing datasets,");
    }
    return List.copyOf(chunks);
  }

  private void fixedArray(long address) throws Hdf5Exception {
    Cursor header = file.at(address);
    header.signature("FAHD");
    header.expect(0, "the version of a fixed array");
    header.expect(filtered ? 1 : 0, "the client of a fixed array");
    int entryBytes = header.u8();
    int pageBits = header.u8();
    long count = header.length();
    long block = header.offset();
    header.checksum();
    if (count != chunkCount() || pageBits > 30) {
      throw file.damaged("a fixed array of " + count + " tiles");
    }
    if (block == FileImage.UNDEFINED) {
      return;
    }
    Cursor cursor = file.at(block);
    cursor.signature("FADB");
    cursor.expect(0, "the version of a fixed array block");
    cursor.expect(filtered ? 1 : 0, "the client of a fixed array block");
    cursor.offset();
    long pageSize = 1L << pageBits;
    if (count <= pageSize) {
      entries(cursor, 0, count, entryBytes);
      return;
    }
    long pages = (count + pageSize - 1) / pageSize;
    byte[] present = cursor.array(Math.toIntExact((pages + 7) / 8));
    cursor.skip(4);
    for (long page = 0; page < pages; page++) {
      long first = page * pageSize;
      long size = Math.min(pageSize, count - first);
      if ((present[(int) (page / 8)] & 0x80 >> page % 8) != 0) {
        entries(cursor, first, size, entryBytes);
        cursor.skip(4);
      } else {
        cursor.skip(size * entryBytes + 4);
      }
    }
  }

  private void entries(Cursor cursor, long first, long count, int entryBytes) throws Hdf5Exception {
    int lengthBytes = entryBytes - file.offsetBytes() - 4;
    if (filtered ? lengthBytes < 1 || lengthBytes > 8 : entryBytes != file.offsetBytes()) {
      throw file.damaged("a fixed array with entries of " + entryBytes + " bytes");
    }
    for (long i = first; i < first + count; i++) {
      long address = cursor.offset();
      long length = filtered ? cursor.number(lengthBytes) : chunkBytes;
      int skipped = filtered ? (int) cursor.u32() : 0;
      if (address != FileImage.UNDEFINED) {
        add(startOf(i), address, length, skipped);
      }
    }
  }

  private long chunkCount() throws Hdf5Exception {
    long count = 1;
    for (int side = 0; side < shape.length; side++) {
      count *= (shape[side] + chunkShape.get(side) - 1) / chunkShape.get(side);
      if (count < 0 || count > MOST_CHUNKS) {
        throw file.unsupported("a dataset of more than " + MOST_CHUNKS + " tiles");
      }
    }
    return count;
  }

  /** The first element of the tile that is {@code number}-th in row-major order. */
  private List<Long> startOf(long number) {
    Long[] start = new Long[shape.length];
    long rest = number;
    for (int side = shape.length - 1; side >= 0; side--) {
      long tiles = Math.max(1, (shape[side] + chunkShape.get(side) - 1) / chunkShape.get(side));
      start[side] = rest % tiles * chunkShape.get(side);
      rest /= tiles;
    }
    return List.of(start);
  }

  private void add(List<Long> start, long address, long length, int skipped) throws Hdf5Exception {
    for (int side = 0; side < shape.length; side++) {
      long at = start.get(side);
      // A tile that begins beyond the extent is left over from before a dataset shrank.
      if (at < 0 || at % chunkShape.get(side) != 0) {
        throw file.damaged("a tile that starts at element " + at);
      }
      if (at >= shape[side]) {
        return;
      }
    }
    if (length > Integer.MAX_VALUE - 8 || !filtered && length != chunkBytes) {
      throw file.damaged("a tile of " + length + " bytes");
    }
    file.bytes(address, length);
    if (chunks.size() == MOST_CHUNKS) {
      throw file.unsupported("a dataset of more than " + MOST_CHUNKS + " tiles");
    }
    chunks.add(new Storage.Chunk(start, file.base() + address, (int) length, skipped));
  }
}
