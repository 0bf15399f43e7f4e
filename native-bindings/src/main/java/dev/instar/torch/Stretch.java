package dev.instar.torch;

import dev.instar.memory.Bytes;
import dev.instar.memory.MappedFile;

/**
 * The content of one storage: a part of the mapped file, or memory that it was unpacked into. Safe
 * for any number of threads.
 */
interface Stretch {
  /** How many bytes there are. */
  long size();

  /** A view of {@code length} of them, without a copy. */
  Bytes view(long offset, int length);

  /** A part of a mapped file; it may be longer than one view. */
  record Mapped(MappedFile file, long start, long size) implements Stretch {
    @Override
    public Bytes view(long offset, int length) {
      return file.view(start + offset, length);
    }
  }

  /** Memory of ours. */
  record Unpacked(Bytes bytes) implements Stretch {
    @Override
    public long size() {
      return bytes.size();
    }

    @Override
    public Bytes view(long offset, int length) {
      return bytes.slice((int) offset, length);
    }
  }
}
