package dev.instar.hdf5;

/**
 * Names and attributes of new-style groups: objects in blocks that double in size (HDF5 File Format
 * Specification 3.0, III.G).
 */
final class FractalHeap {
  private final FileImage file;
  private final int idBytes;
  private final int offsetBytes;
  private final int sizeBytes;
  private final boolean checkedBlocks;
  private final int width;
  private final long startSize;
  private final long largestDirect;
  private final long root;
  private final int rootRows;

  FractalHeap(FileImage file, long address) throws Hdf5Exception {
    this.file = file;
    Cursor cursor = file.at(address);
    cursor.signature("FRHP");
    cursor.expect(0, "the version of a fractal heap");
    idBytes = cursor.u16();
    int filterBytes = cursor.u16();
    int flags = cursor.u8();
    long largestManaged = cursor.u32();
    int word = file.lengthBytes();
    cursor.skip(2L * word + 2L * file.offsetBytes() + 8L * word);
    width = cursor.u16();
    startSize = cursor.length();
    largestDirect = cursor.length();
    int bits = cursor.u16();
    cursor.skip(2);
    root = cursor.offset();
    rootRows = cursor.u16();
    if (filterBytes != 0) {
      throw file.unsupported("a compressed fractal heap");
    }
    cursor.checksum();
    checkedBlocks = (flags & 2) != 0;
    offsetBytes = (bits + 7) / 8;
    sizeBytes = Math.min(BTree.bytesFor(largestDirect), BTree.bytesFor(largestManaged));
    if (!powerOfTwo(width)
        || !powerOfTwo(startSize)
        || !powerOfTwo(largestDirect)
        || largestDirect < startSize
        || bits < 1
        || bits > 63) {
      throw file.damaged("the fractal heap at " + address + " has impossible block sizes");
    }
  }

  private static boolean powerOfTwo(long number) {
    return number > 0 && Long.bitCount(number) == 1;
  }

  /** The number of bytes in an id of this heap. */
  int idBytes() {
    return idBytes;
  }

  /** The object with the id at the cursor's position, which moves past it. */
  Cursor object(Cursor id) throws Hdf5Exception {
    Cursor body = id.sub(idBytes);
    int kind = (body.u8() >> 4) & 3;
    if (kind != 0) {
      throw file.unsupported("a huge or tiny object of a fractal heap");
    }
    long offset = body.number(offsetBytes);
    long size = body.number(sizeBytes);
    if (rootRows == 0) {
      return inDirect(root, 0, startSize, offset, size);
    }
    return inIndirect(root, 0, rootRows, offset, size);
  }

  private Cursor inIndirect(long address, long start, int rows, long offset, long size)
      throws Hdf5Exception {
    long block = address;
    long blockStart = start;
    int blockRows = rows;
    // Each step goes to a smaller block, so 64 of them reach any object.
    for (int depth = 0; depth < 64; depth++) {
      Cursor cursor = file.at(block);
      cursor.signature("FHIB");
      cursor.expect(0, "the version of a fractal heap block");
      cursor.offset();
      cursor.skip(offsetBytes);
      int row = 0;
      long rowStart = blockStart;
      while (row < blockRows && offset - rowStart >= width * rowSize(row)) {
        rowStart += width * rowSize(row);
        row++;
      }
      if (row == blockRows || offset < rowStart) {
        throw file.damaged("a fractal heap id leaves its heap");
      }
      long column = (offset - rowStart) / rowSize(row);
      cursor.skip((row * (long) width + column) * file.offsetBytes());
      long child = cursor.offset();
      long childStart = rowStart + column * rowSize(row);
      if (rowSize(row) <= largestDirect) {
        return inDirect(child, childStart, rowSize(row), offset, size);
      }
      // A child covers one row's size: rows as many as sum up to it.
      int childRows = log2(rowSize(row)) - log2(startSize) - log2(width) + 1;
      block = child;
      blockStart = childStart;
      blockRows = childRows;
    }
    throw file.damaged("a fractal heap is nested too deep");
  }

  /** Row 0 and 1 have the starting size, each later one doubles. */
  private long rowSize(int row) throws Hdf5Exception {
    int shift = Math.max(0, row - 1);
    if (shift + log2(startSize) + log2(width) > 62) {
      throw file.damaged("a fractal heap has too many rows");
    }
    return startSize << shift;
  }

  private static int log2(long power) {
    return Long.numberOfTrailingZeros(power);
  }

  private Cursor inDirect(long address, long start, long blockSize, long offset, long size)
      throws Hdf5Exception {
    Cursor cursor = file.at(address);
    cursor.signature("FHDB");
    cursor.expect(0, "the version of a fractal heap block");
    int header = 5 + file.offsetBytes() + offsetBytes + (checkedBlocks ? 4 : 0);
    long inside = offset - start;
    if (inside < header || inside > blockSize || size > blockSize - inside) {
      throw file.damaged("a fractal heap id leaves its block");
    }
    return file.at(address + inside, size);
  }
}
