package dev.instar.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * A file on its way: {@code NAME.part} beside the place where it will appear, and {@code
 * NAME.part.json} that says what is in it.
 *
 * <p>Every {@value #SYNC_BYTES} bytes, and every few seconds, the data is forced to the disk and
 * the state says so; a later run continues from there, whatever ended this one. One thread writes.
 * While it is open, no other process writes to it, where the file system has locks.
 */
final class PartFile implements AutoCloseable {
  static final long SYNC_BYTES = 64L << 20;

  private static final long SYNC_NANOS = 5_000_000_000L;

  private final Path target;
  private final Path path;
  private final Path statePath;
  private final FileChannel channel;
  private Optional<PartState> state;
  private volatile long length;
  private long synced;
  private long syncedAt = System.nanoTime();

  private PartFile(Path target, Path path, Path statePath, FileChannel channel) throws IOException {
    this.target = target;
    this.path = path;
    this.statePath = statePath;
    this.channel = channel;
    lock();
    state = PartState.read(statePath);
    long stored = state.map(PartState::stored).orElse(0L);
    if (stored > channel.size()) {
      state = Optional.empty();
      stored = 0;
    }
    length = stored;
    synced = stored;
  }

  /**
   * Opens, or begins, the part of {@code target}.
   *
   * @throws IOException if it cannot be written, or another process does
   */
  static PartFile open(Path target) throws IOException {
    Path path = sibling(target, ".part");
    FileChannel channel = openChannel(path);
    boolean success = false;
    try {
      PartFile part = new PartFile(target, path, sibling(target, ".part.json"), channel);
      success = true;
      return part;
    } finally {
      if (!success) {
        channel.close();
      }
    }
  }

  private static FileChannel openChannel(Path path) throws IOException {
    try {
      return FileChannel.open(
          path,
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw new IOException("cannot write " + path + " (" + reason(e) + ")", e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e instanceof FileSystemException failure && failure.getReason() != null
        ? failure.getReason()
        : e.getMessage();
  }

  private static Path sibling(Path target, String ending) {
    return target.resolveSibling(target.getFileName() + ending);
  }

  private void lock() throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      throw new FetchException(path + " is being fetched already", e);
    } catch (IOException e) {
      return; // network file systems without locks
    }
    if (lock == null) {
      throw new FetchException(path + " is being fetched by another process");
    }
  }

  /** What is known of the bytes here; empty if there are none. */
  Optional<PartState> state() {
    return state;
  }

  /** The number of bytes here. Any thread may ask. */
  long length() {
    return length;
  }

  /** Forgets everything and begins a file that {@code fresh} describes. */
  void begin(PartState fresh) throws IOException {
    try {
      Files.deleteIfExists(statePath);
      channel.truncate(0);
      length = 0;
      synced = 0;
      fresh.withStored(0).write(statePath);
      state = Optional.of(fresh);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Says of the bytes here where the next ones come from. */
  void continueFrom(PartState other) {
    state = Optional.of(other);
  }

  /** Forgets everything. */
  void discard() throws IOException {
    try {
      Files.deleteIfExists(statePath);
      channel.truncate(0);
    } catch (IOException e) {
      throw unwritable(e);
    }
    state = Optional.empty();
    length = 0;
    synced = 0;
  }

  /** Appends what the buffers hold. */
  void append(List<ByteBuffer> buffers) throws IOException {
    try {
      for (ByteBuffer buffer : buffers) {
        while (buffer.hasRemaining()) {
          length += channel.write(buffer, length);
        }
      }
      if (length - synced >= SYNC_BYTES || System.nanoTime() - syncedAt >= SYNC_NANOS) {
        sync();
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Forces the bytes to the disk and states how many they are. */
  private void sync() throws IOException {
    if (state.isPresent() && length > synced) {
      channel.force(false);
      state = Optional.of(state.get().withStored(length));
      state.get().write(statePath);
      synced = length;
    }
    syncedAt = System.nanoTime();
  }

  /** Reads from {@code offset} on; fewer bytes than fit, and -1 at the end, as channels do. */
  int read(ByteBuffer into, long offset) throws IOException {
    return channel.read(into, offset);
  }

  /** Gives the file its name, in one step, once all of it is on the disk. */
  void publish() throws IOException {
    try {
      channel.truncate(length);
      channel.force(true);
      Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Files.deleteIfExists(statePath);
      state = Optional.empty();
      syncFolder();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Makes the new name last, where folders can be forced to the disk. */
  private void syncFolder() {
    try (FileChannel folder =
        FileChannel.open(target.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException e) {
      // Some network file systems refuse; the file itself is safe.
    }
  }

  private IOException unwritable(IOException e) {
    return new IOException(
        "cannot write "
            + path
            + " ("
            + reason(e)
            + "); what is there stays, and the same command continues",
        e);
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      if (length == 0) {
        Files.deleteIfExists(statePath);
        Files.deleteIfExists(path);
      } else if (state.isPresent()) {
        sync();
      }
    }
  }
}
