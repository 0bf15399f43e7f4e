package dev.instar.taxonomy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that appears under its name, synced, only when it is complete. Not thread-safe. */
public final class AtomicFile implements AutoCloseable {
  private static final int BUFFER = 1 << 20;

  private final Path target;
  private final Path temporary;
  private final FileChannel channel;
  private final OutputStream stream;

  private AtomicFile(Path target, Path temporary, FileChannel channel) {
    this.target = target;
    this.temporary = temporary;
    this.channel = channel;
    stream = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
  }

  /** Begins a file that replaces {@code target}, whose folder must exist. */
  public static AtomicFile create(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new MetadataException("cannot write " + target + ": there is no folder " + folder);
    }
    Path temporary =
        folder.resolve("." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
    FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    return new AtomicFile(target, temporary, channel);
  }

  /** Where the content goes; buffered. */
  public OutputStream stream() {
    return stream;
  }

  /** The file that is written until {@link #commit()}, for writers that take a path. */
  public Path temporary() {
    return temporary;
  }

  /** Makes the content durable and puts it under the final name. */
  public void commit() throws IOException {
    stream.flush();
    channel.force(true);
    channel.close();
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(temporary);
  }
}
