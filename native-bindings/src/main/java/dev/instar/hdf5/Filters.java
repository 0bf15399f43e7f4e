package dev.instar.hdf5;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Undoes the filters of one chunk: deflate, shuffle and Fletcher's checksum. */
final class Filters {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int FLETCHER32 = 3;

  // What a stretch of deflate data unpacks to at most (zlib's own figure, zlib.net/zlib_tech.html).
  private static final long DEFLATE_RATIO = 1032;

  private Filters() {}

  /** The chunk's {@code chunkBytes} bytes as they were before they were filtered. */
  static byte[] undo(
      FileImage file, Storage.Chunked storage, Storage.Chunk chunk, byte[] stored, int chunkBytes)
      throws Hdf5Exception {
    byte[] data = stored;
    for (int i = storage.filters().size() - 1; i >= 0; i--) {
      if ((chunk.skippedFilters() & 1 << i) != 0) {
        continue;
      }
      Storage.Filter filter = storage.filters().get(i);
      data =
          switch (filter.id()) {
            case DEFLATE -> inflate(file, data, chunkBytes + 4L);
            case SHUFFLE -> unshuffle(file, data, filter);
            case FLETCHER32 -> checked(file, data);
            default -> throw file.unsupported("data compressed with filter " + filter.id());
          };
    }
    if (data.length != chunkBytes) {
      throw file.damaged("a tile of " + data.length + " bytes where " + chunkBytes + " belong");
    }
    return data;
  }

  private static byte[] inflate(FileImage file, byte[] data, long most) throws Hdf5Exception {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(data);
      byte[] whole = new byte[(int) Math.min(most, data.length * DEFLATE_RATIO + 64)];
      int length = 0;
      while (!inflater.finished()) {
        int count = inflater.inflate(whole, length, whole.length - length);
        length += count;
        if (count == 0 && !inflater.finished()) {
          throw file.damaged("a compressed tile is cut short or larger than declared");
        }
      }
      return Arrays.copyOf(whole, length);
    } catch (DataFormatException e) {
      throw file.damaged("a compressed tile does not unpack: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }

  private static byte[] unshuffle(FileImage file, byte[] data, Storage.Filter filter)
      throws Hdf5Exception {
    int element = filter.parameters().isEmpty() ? 0 : filter.parameters().get(0);
    if (element < 1) {
      throw file.damaged("shuffled elements of " + element + " bytes");
    }
    byte[] plain = data.clone();
    int count = data.length / element;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < element; j++) {
        plain[i * element + j] = data[j * count + i];
      }
    }
    return plain;
  }

  private static byte[] checked(FileImage file, byte[] data) throws Hdf5Exception {
    int length = data.length - 4;
    if (length < 0) {
      throw file.damaged("a tile is too short for its checksum");
    }
    int stored =
        (data[length] & 0xff)
            | (data[length + 1] & 0xff) << 8
            | (data[length + 2] & 0xff) << 16
            | (data[length + 3] & 0xff) << 24;
    if (stored != Checksums.fletcher32(data, length)) {
      throw file.damaged("wrong checksum of a tile");
    }
    return Arrays.copyOf(data, length);
  }
}
