package dev.instar.memory;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file mapped for reading, of any size, from which any number of threads take views without a
 * lock.
 *
 * <p>The file is mapped in windows of up to 2 GiB that start every GiB, so each stretch of at most
 * 1 GiB lies in one window. A view keeps its window mapped: it stays valid after {@link #close()},
 * and memory is unmapped when the last view is unreachable, so that no reader can touch unmapped
 * memory. The file must not shrink while it is mapped.
 */
public final class MappedFile implements AutoCloseable {
  /** The longest stretch that one view can cover, in bytes. */
  public static final int LONGEST_VIEW = 1 << 30;

  private static final long WINDOW_STEP = 1L << 30;

  private final Path path;
  private final long size;
  private volatile Bytes[] windows;

  private MappedFile(Path path, long size, Bytes[] windows) {
    this.path = path;
    this.size = size;
    this.windows = windows;
  }

  /** Maps the whole of {@code path} as it is now. */
  public static MappedFile open(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      Bytes[] windows = new Bytes[Math.toIntExact((size + WINDOW_STEP - 1) / WINDOW_STEP)];
      for (int i = 0; i < windows.length; i++) {
        long start = i * WINDOW_STEP;
        MappedByteBuffer window =
            channel.map(MapMode.READ_ONLY, start, Math.min(size - start, Integer.MAX_VALUE));
        windows[i] = Bytes.of(window);
      }
      return new MappedFile(path, size, windows);
    }
  }

  /** The size of the file when it was mapped, in bytes. */
  public long size() {
    return size;
  }

  /**
   * A view of {@code length} bytes from {@code offset}.
   *
   * @throws IndexOutOfBoundsException if the stretch leaves the file
   * @throws IllegalArgumentException if it is longer than {@link #LONGEST_VIEW}
   * @throws IllegalStateException if the file was closed
   */
  public Bytes view(long offset, int length) {
    Bytes[] open = windows;
    if (open == null) {
      throw new IllegalStateException(path + " is closed");
    }
    if (offset < 0 || length < 0 || offset > size - length) {
      throw new IndexOutOfBoundsException(
          path + ": " + length + " bytes at " + offset + " leave the file of " + size + " bytes");
    }
    if (length > LONGEST_VIEW) {
      throw new IllegalArgumentException(
          path + ": a view of " + length + " bytes, at most " + LONGEST_VIEW + " fit");
    }
    if (length == 0) {
      return Bytes.copyOf(new byte[0]);
    }
    int window = (int) (offset / WINDOW_STEP);
    return open[window].slice((int) (offset - window * WINDOW_STEP), length);
  }

  /**
   * The addresses of the file's bytes, for readers that must not allocate.
   *
   * @throws IllegalStateException if the file was closed
   */
  public MappedAddresses addresses() {
    Bytes[] open = windows;
    if (open == null) {
      throw new IllegalStateException(path + " is closed");
    }
    return new MappedAddresses(open, size, WINDOW_STEP);
  }

  @Override
  public void close() {
    windows = null;
  }
}
