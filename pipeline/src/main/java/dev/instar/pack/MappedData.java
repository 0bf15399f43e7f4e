package dev.instar.pack;

import dev.instar.memory.Bytes;
import dev.instar.memory.MappedAddresses;
import dev.instar.memory.MappedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The one-dimensional {@code data} of a pack as stretches of mapped files. Any number of threads
 * may read.
 */
final class MappedData implements AutoCloseable {
  /**
   * A stretch of {@code data} that lies in one file without a gap.
   *
   * @param start in {@code data}
   * @param length in bytes
   * @param position of its first byte in the file
   */
  record Stretch(long start, long length, MappedFile file, long position) {
    boolean holds(long offset, long bytes) {
      return offset >= start && bytes <= length && offset - start <= length - bytes;
    }

    Bytes view(long offset, int bytes) {
      return file.view(position + (offset - start), bytes);
    }
  }

  private final Stretch[] stretches;

  /** Takes ownership of the files. The stretches begin where the one before ends. */
  MappedData(List<Stretch> stretches) {
    this.stretches = stretches.toArray(new Stretch[0]);
  }

  /** The data in a pack's own file, of {@code length} bytes, as its writer laid them. */
  static MappedData own(Path path, long length) throws IOException {
    MappedFile file = MappedFile.open(path);
    return new MappedData(List.of(new Stretch(0, length, file, PackLog.START)));
  }

  /** The number of bytes. */
  long length() {
    return stretches.length == 0
        ? 0
        : stretches[stretches.length - 1].start() + stretches[stretches.length - 1].length();
  }

  /** Whether a record's bytes lie in one stretch. */
  boolean holds(long offset, int length) {
    return length == 0 || stretches.length > 0 && stretches[find(offset)].holds(offset, length);
  }

  /**
   * A view of a record's bytes.
   *
   * @throws IndexOutOfBoundsException if they do not lie in one stretch
   */
  Bytes view(long offset, int length) {
    if (length == 0) {
      return Bytes.copyOf(new byte[0]);
    }
    Stretch stretch = stretches[find(offset)];
    if (!stretch.holds(offset, length)) {
      throw new IndexOutOfBoundsException(length + " bytes at " + offset + " are not in the data");
    }
    return stretch.view(offset, length);
  }

  /** The addresses of its bytes; they stay mapped for as long as what this answers is reachable. */
  Addresses addresses() {
    MappedAddresses[] files =
        Arrays.stream(stretches).map(s -> s.file().addresses()).toArray(MappedAddresses[]::new);
    return (offset, length) -> {
      int which = find(offset);
      Stretch stretch = stretches[which];
      return files[which].of(stretch.position() + (offset - stretch.start()), length);
    };
  }

  /** Where bytes that {@link #holds} are in memory. */
  @FunctionalInterface
  interface Addresses {
    long of(long offset, int length);
  }

  @Override
  public void close() {
    for (Stretch stretch : stretches) {
      stretch.file().close();
    }
  }

  /** The number of the last stretch that begins at or before {@code offset}. */
  private int find(long offset) {
    int low = 0;
    int high = stretches.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (stretches[middle].start() <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
