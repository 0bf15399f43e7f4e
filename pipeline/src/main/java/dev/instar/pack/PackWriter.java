package dev.instar.pack;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.PixelBuffer;
import dev.instar.memory.Bytes;
import dev.instar.memory.MappedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a pack: an HDF5 file when it is finished, a log of records that survives any crash before
 * that.
 *
 * <p>A new pack grows under the name {@code TARGET.partial}, which no HDF5 program opens; {@link
 * #finish} gives it its own name. Records for a finished pack go after its end, and readers see the
 * old pack until {@code finish}. The bytes of a pack depend on its records, their order, the
 * attributes, and the records at which it was finished before; not on time, threads, commits or
 * interruptions.
 *
 * <p>Not thread-safe. One writer at a time: the file is locked against other processes and threads.
 * (A process that appends to a finished pack should not open and close it for reading meanwhile:
 * POSIX then drops the lock.)
 */
public final class PackWriter implements ImageSink {
  private final Path target;
  private final Encoding encoding;
  private final PackLog log;
  private final Map<String, String> attributes;
  private final boolean appending;
  private final int finishedRecords;
  private boolean open = true;

  private PackWriter(
      Path target, PackLog log, Encoding encoding, Map<String, String> attributes, PackIndex index)
      throws IOException {
    this.target = target;
    this.encoding = encoding;
    this.log = log;
    this.attributes = new TreeMap<>();
    appending = index != null;
    if (appending) {
      finishedRecords = index.table().size();
      this.attributes.putAll(index.attributes());
      log.resume(index, encoding);
    } else {
      finishedRecords = 0;
      log.resume(encoding);
    }
    this.attributes.putAll(attributes);
  }

  /**
   * Begins a pack, continues one that was not finished, or appends to a finished one.
   *
   * @param attributes text attributes of the root group, such as a licence; when appending, they
   *     are added to those that the pack has
   * @throws IOException if the target is not a pack, has another encoding, or is being written by
   *     someone else; it is then left as it is
   * @throws IllegalArgumentException if an attribute is one that the pack sets itself
   */
  public static PackWriter open(Path target, Encoding encoding, Map<String, String> attributes)
      throws IOException {
    PackMetadata.check(attributes);
    Publication.requireFolderOf(target);
    Path partial = Publication.partialOf(target);
    if (Files.exists(target)) {
      if (Files.exists(partial)) {
        throw new IOException(
            target + " and " + partial + " both exist; remove the one that is not wanted");
      }
      return open(target, PackLog.open(target), encoding, attributes, true);
    }
    PackLog log = PackLog.open(partial, StandardOpenOption.CREATE);
    if (Files.exists(target) || !Files.exists(partial)) {
      log.close();
      throw new IOException(target + " was finished by another program just now; try again");
    }
    return open(target, log, encoding, attributes, false);
  }

  private static PackWriter open(
      Path target, PackLog log, Encoding encoding, Map<String, String> attributes, boolean finished)
      throws IOException {
    boolean success = false;
    try {
      PackIndex index = finished ? log.index().orElseThrow(() -> notAppendable(target)) : null;
      PackWriter writer = new PackWriter(target, log, encoding, attributes, index);
      success = true;
      return writer;
    } finally {
      if (!success) {
        log.close();
      }
    }
  }

  private static IOException notAppendable(Path target) {
    return new IOException(
        target
            + " cannot be appended to: it is not a pack, is damaged, is virtual, or was changed by"
            + " another program (a copy made with 'merge --copy' can be appended to)");
  }

  @Override
  public boolean contains(String name) {
    return log.table().names().find(name) != NameTable.NONE;
  }

  @Override
  public int size() {
    return log.table().size();
  }

  /**
   * Bytes at the end of an interrupted pack that held no whole record and were cut off when it was
   * opened.
   */
  public long discardedBytes() {
    return log.discarded();
  }

  /**
   * {@inheritDoc}
   *
   * @throws InputException if the name is not safe or already there, or the content has more than 1
   *     GiB
   * @throws IOException if it could not be written, as on a full disk; what was appended before is
   *     kept, and the writer can go on
   * @throws IllegalArgumentException if raw content does not have the size that the record says
   */
  @Override
  public void append(ImageRecord record, Bytes content) throws IOException {
    checkOpen();
    byte[] name = SafeName.utf8(record.name());
    if (log.table().names().find(name) != NameTable.NONE) {
      throw new InputException(
          Fault.DUPLICATE_NAME,
          "the name " + Printable.of(record.name()) + " is already in " + target);
    }
    if (content.size() > MappedFile.LONGEST_VIEW) {
      throw new InputException(
          Fault.TOO_MANY_BYTES, content.size() + " bytes, a record holds at most 1 GiB");
    }
    if (record.part() < 0) {
      throw new IllegalArgumentException("part " + record.part() + " of " + record.name());
    }
    if (encoding == Encoding.RAW && content.size() != PixelBuffer.bytesOf(record.size())) {
      throw new IllegalArgumentException(
          content.size() + " bytes for " + record.size() + " raw pixels of " + record.name());
    }
    log.append(record, name, content);
  }

  @Override
  public void commit() throws IOException {
    checkOpen();
    log.commit();
  }

  /** {@inheritDoc} A finished pack to which nothing was added stays byte for byte as it is. */
  @Override
  public void finish() throws IOException {
    checkOpen();
    if (!appending || size() > finishedRecords) {
      log.seal(encoding, attributes);
    }
    if (!appending) {
      if (Files.exists(target)) {
        throw new IOException(
            target
                + " has appeared meanwhile; the new pack is complete in "
                + Publication.partialOf(target));
      }
      Publication.publish(Publication.partialOf(target), target);
    }
    close();
  }

  @Override
  public void close() throws IOException {
    open = false;
    log.close();
  }

  private void checkOpen() {
    if (!open) {
      throw new IllegalStateException("the writer of " + target + " is closed");
    }
  }
}
