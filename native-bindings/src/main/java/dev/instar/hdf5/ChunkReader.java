package dev.instar.hdf5;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Copies a run of elements, in row-major order, out of the tiles of a chunked dataset. One for each
 * read.
 */
final class ChunkReader {
  private final FileImage file;
  private final Storage.Chunked storage;
  private final long[] shape;
  private final int elementBytes;
  private final int rank;

  ChunkReader(FileImage file, Storage.Chunked storage, long[] shape, int elementBytes) {
    this.file = file;
    this.storage = storage;
    this.shape = shape;
    this.elementBytes = elementBytes;
    this.rank = shape.length;
  }

  /**
   * Puts {@code count} elements from {@code first} on into {@code into}, whose position then stands
   * behind them.
   */
  void read(long first, int count, ByteBuffer into) throws Hdf5Exception {
    int start = into.position();
    // Tiles that are not stored are zero.
    byte[] zeros = new byte[Math.min(count * elementBytes, 8192)];
    for (int left = count * elementBytes; left > 0; left -= zeros.length) {
      into.put(zeros, 0, Math.min(left, zeros.length));
    }
    for (Storage.Chunk chunk : storage.chunks()) {
      long begin = flat(chunk.start());
      if (begin < first + count && last(chunk) >= first) {
        copy(chunk, first, count, into, start);
      }
    }
  }

  private void copy(Storage.Chunk chunk, long first, int count, ByteBuffer into, int start)
      throws Hdf5Exception {
    byte[] data = data(chunk);
    int rowLength = rank == 0 ? 1 : side(rank - 1);
    long kept = rank == 0 ? 1 : Math.min(rowLength, shape[rank - 1] - chunk.start().get(rank - 1));
    int rows = data.length / elementBytes / rowLength;
    long[] index = new long[rank];
    for (int row = 0; row < rows; row++) {
      if (locate(chunk, row, index)) {
        long from = flat(index);
        long low = Math.max(from, first);
        long high = Math.min(from + kept, first + count);
        if (low < high) {
          int source = (int) ((row * (long) rowLength + (low - from)) * elementBytes);
          int target = start + (int) ((low - first) * elementBytes);
          into.put(target, data, source, (int) ((high - low) * elementBytes));
        }
      }
    }
  }

  private byte[] data(Storage.Chunk chunk) throws Hdf5Exception {
    int bytes = elementBytes;
    for (int i = 0; i < rank; i++) {
      bytes *= side(i);
    }
    byte[] stored = file.bytes(chunk.address() - file.base(), chunk.length()).toArray();
    return Filters.undo(file, storage, chunk, stored, bytes);
  }

  /** The indices of the first element of a tile's row; false where it lies beyond the dataset. */
  private boolean locate(Storage.Chunk chunk, int row, long[] index) {
    long rest = row;
    for (int i = rank - 1; i >= 0; i--) {
      if (i == rank - 1) {
        index[i] = chunk.start().get(i);
      } else {
        index[i] = chunk.start().get(i) + rest % side(i);
        rest /= side(i);
      }
      if (index[i] >= shape[i]) {
        return false;
      }
    }
    return true;
  }

  private int side(int dimension) {
    return storage.shape().get(dimension);
  }

  private long flat(List<Long> indices) {
    long flat = 0;
    for (int i = 0; i < rank; i++) {
      flat = flat * shape[i] + indices.get(i);
    }
    return flat;
  }

  private long flat(long[] indices) {
    long flat = 0;
    for (int i = 0; i < rank; i++) {
      flat = flat * shape[i] + indices[i];
    }
    return flat;
  }

  private long last(Storage.Chunk chunk) {
    long[] end = new long[rank];
    for (int i = 0; i < rank; i++) {
      end[i] = Math.min(chunk.start().get(i) + side(i), shape[i]) - 1;
    }
    return flat(end);
  }
}
