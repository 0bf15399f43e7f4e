package dev.instar.pack;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.memory.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * Writes a zip file in the published layout, {@code bioscan/images/<package>/part{n}/<file>},
 * entries stored as they are: JPEG does not shrink.
 *
 * <p>It grows as {@code TARGET.partial}: entries one after the other, each with its CRC-32, which
 * is all that is needed to continue after a crash. The directory comes last, zip64 where it must
 * be. Time stamps are 1980-01-01, so that the bytes depend on the records alone. To add to a
 * finished file, its entries are copied first. Not thread-safe; one writer at a time.
 */
public final class ZipExport implements ImageSink {
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_BYTES = 30;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_BYTES = 46;
  private static final int END64 = 0x06064b50;
  private static final int END64_BYTES = 56;
  private static final int LOCATOR64 = 0x07064b50;
  private static final int END = 0x06054b50;
  private static final int UTF8_FLAG = 0x800;
  private static final int FIRST_DAY = 0x21; // 1980-01-01
  private static final int VERSION = 20;
  private static final int VERSION64 = 45;
  private static final long MASKED = 0xffffffffL;
  private static final int ENTRIES_MASKED = 0xffff;
  private static final int BUFFER = 1 << 20;

  private final Path target;
  private final String folder;
  private final RecordTable table = new RecordTable();
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
  private FileChannel channel;
  private boolean writing;
  private long end;

  private ZipExport(Path target, String folder) {
    this.target = target;
    this.folder = folder;
  }

  /**
   * Begins a zip file, continues one that was not finished, or adds to a finished one that this
   * program wrote.
   *
   * @param packageName the folder below {@code bioscan/images/}, such as {@code cropped_256}
   * @throws IOException if the target is another kind of file or is being written by someone else
   */
  public static ZipExport open(Path target, String packageName) throws IOException {
    SafeName.check(packageName);
    if (packageName.indexOf('/') >= 0) {
      throw new UnsafeNameException("the package \"" + packageName + "\" has a slash");
    }
    Publication.requireFolderOf(target);
    Path partial = Publication.partialOf(target);
    ZipExport export = new ZipExport(target, "bioscan/images/" + packageName + "/");
    boolean success = false;
    try {
      if (Files.exists(target) && !Files.exists(partial)) {
        export.channel = FileChannel.open(target, StandardOpenOption.READ);
        export.scan(false);
        export.requireDirectory();
      } else {
        export.channel = Publication.openLocked(partial, StandardOpenOption.CREATE);
        export.scan(true);
        export.channel.truncate(export.end);
        export.writing = true;
      }
      success = true;
      return export;
    } finally {
      if (!success) {
        export.close();
      }
    }
  }

  /** Reads local entries until something else comes, checking contents where asked. */
  private void scan(boolean checking) throws IOException {
    while (true) {
      ByteBuffer header =
          PackIndex.readUpTo(
              channel, end, LOCAL_BYTES + folder.length() * 3 + SafeName.LONGEST_NAME + 16);
      if (header.limit() < LOCAL_BYTES || header.getInt(0) != LOCAL) {
        return;
      }
      long length = header.getInt(18) & MASKED;
      int nameBytes = header.getShort(26) & 0xffff;
      long content = end + LOCAL_BYTES + nameBytes;
      if (LOCAL_BYTES + nameBytes > header.limit() || length > channel.size() - content) {
        return;
      }
      byte[] name = new byte[nameBytes];
      header.get(LOCAL_BYTES, name);
      PublishedPath path = PublishedPath.of(new String(name, StandardCharsets.UTF_8));
      ByteBuffer expected = localHeader(path, header.getInt(14), (int) length);
      boolean whole =
          expected.equals(header.slice(0, LOCAL_BYTES + nameBytes))
              && (!checking || crc32(content, length) == header.getInt(14));
      if (!whole || !add(path, header.getInt(14), (int) length)) {
        return;
      }
      end = content + length;
    }
  }

  private boolean add(PublishedPath path, int crc32, int length) {
    int[] geometry = {path.part(), 1, 1, 1, 1, 0, 0, 1, 1};
    return table.add(path.name().getBytes(StandardCharsets.UTF_8), end, length, crc32, geometry);
  }

  private void requireDirectory() throws IOException {
    ByteBuffer next = PackIndex.readUpTo(channel, end, Integer.BYTES);
    int signature = next.limit() == Integer.BYTES ? next.getInt(0) : 0;
    if (signature != ENTRY && signature != END) {
      throw new IOException(
          target + " was not written by this program for " + folder + "; choose another output");
    }
  }

  private int crc32(long start, long length) throws IOException {
    CRC32 crc = new CRC32();
    for (long done = 0; done < length; ) {
      buffer.clear().limit((int) Math.min(BUFFER, length - done));
      int read = channel.read(buffer, start + done);
      if (read < 0) {
        break;
      }
      crc.update(buffer.flip());
      done += read;
    }
    return (int) crc.getValue();
  }

  @Override
  public boolean contains(String name) {
    return table.names().find(name) != NameTable.NONE;
  }

  @Override
  public int size() {
    return table.size();
  }

  /**
   * {@inheritDoc}
   *
   * @throws InputException if the name is not safe, is already there, or reads like a folder of a
   *     part
   */
  @Override
  public void append(ImageRecord record, Bytes content) throws IOException {
    checkOpen();
    SafeName.check(record.name());
    PublishedPath path = new PublishedPath(record.name(), record.part());
    if (!PublishedPath.of(folder + path.inPackage()).equals(path)) {
      throw new UnsafeNameException(
          "the name " + Printable.of(record.name()) + " cannot be told from a folder of a part");
    }
    if (contains(record.name())) {
      throw new InputException(
          Fault.DUPLICATE_NAME,
          "the name " + Printable.of(record.name()) + " is already in " + target);
    }
    if (!writing) {
      beginAgain();
    }
    CRC32 crc = new CRC32();
    crc.update(content.buffer());
    int checksum = (int) crc.getValue();
    ByteBuffer header = localHeader(path, checksum, content.size());
    try {
      long at = PackIndex.writeFully(channel, header, end);
      at = PackIndex.writeFully(channel, content.buffer(), at);
      add(path, checksum, content.size());
      end = at;
    } catch (IOException e) {
      throw cutBack(e);
    }
  }

  /** Takes the entries of the finished file over into a new one. */
  private void beginAgain() throws IOException {
    channel.close();
    Path partial = Publication.partialOf(target);
    Publication.copy(target, end, partial);
    channel = Publication.openLocked(partial);
    writing = true;
  }

  private ByteBuffer localHeader(PublishedPath path, int crc32, int length) {
    byte[] name = (folder + path.inPackage()).getBytes(StandardCharsets.UTF_8);
    ByteBuffer header = ByteBuffer.allocate(LOCAL_BYTES + name.length);
    header.order(ByteOrder.LITTLE_ENDIAN).putInt(LOCAL).putShort((short) VERSION);
    header.putShort((short) UTF8_FLAG).putShort((short) 0);
    header.putShort((short) 0).putShort((short) FIRST_DAY);
    header.putInt(crc32).putInt(length).putInt(length).putShort((short) name.length);
    return header.putShort((short) 0).put(name).flip();
  }

  @Override
  public void commit() throws IOException {
    checkOpen();
    if (writing) {
      channel.force(false);
    }
  }

  @Override
  public void finish() throws IOException {
    checkOpen();
    if (writing) {
      try {
        writeDirectory();
        channel.force(true);
      } catch (IOException e) {
        throw cutBack(e);
      }
      Publication.publish(Publication.partialOf(target), target);
    }
    close();
  }

  private void writeDirectory() throws IOException {
    long at = end;
    buffer.clear();
    for (int i = 0; i < table.size(); i++) {
      if (buffer.remaining() < ENTRY_BYTES + 2 * SafeName.LONGEST_NAME + 64) {
        at = PackIndex.writeFully(channel, buffer.flip(), at);
        buffer.clear();
      }
      putEntry(i);
    }
    long directoryEnd = at + buffer.position();
    boolean wide = table.size() >= ENTRIES_MASKED || directoryEnd >= MASKED;
    if (wide) {
      buffer.putInt(END64).putLong(END64_BYTES - 12);
      buffer.putShort((short) VERSION64).putShort((short) VERSION64).putInt(0).putInt(0);
      buffer.putLong(table.size()).putLong(table.size());
      buffer.putLong(directoryEnd - end).putLong(end);
      buffer.putInt(LOCATOR64).putInt(0).putLong(directoryEnd).putInt(1);
    }
    short entries = (short) (wide ? ENTRIES_MASKED : table.size());
    buffer.putInt(END).putInt(0).putShort(entries).putShort(entries);
    buffer.putInt((int) (wide ? MASKED : directoryEnd - end));
    buffer.putInt((int) (wide ? MASKED : end)).putShort((short) 0);
    PackIndex.writeFully(channel, buffer.flip(), at);
  }

  private void putEntry(int index) {
    PublishedPath path = new PublishedPath(table.names().get(index), table.part(index));
    byte[] name = (folder + path.inPackage()).getBytes(StandardCharsets.UTF_8);
    long offset = table.offset(index);
    boolean wide = offset >= MASKED;
    short version = (short) (wide ? VERSION64 : VERSION);
    buffer.putInt(ENTRY).putShort(version).putShort(version).putShort((short) UTF8_FLAG);
    buffer.putShort((short) 0).putShort((short) 0).putShort((short) FIRST_DAY);
    buffer.putInt(table.crc32c(index)).putInt(table.length(index)).putInt(table.length(index));
    buffer.putShort((short) name.length).putShort((short) (wide ? 12 : 0)).putShort((short) 0);
    buffer.putShort((short) 0).putShort((short) 0).putInt(0);
    buffer.putInt((int) (wide ? MASKED : offset)).put(name);
    if (wide) {
      buffer.putShort((short) 1).putShort((short) Long.BYTES).putLong(offset);
    }
  }

  private IOException cutBack(IOException cause) {
    IOException failure =
        new IOException(
            target
                + " could not be written ("
                + cause.getMessage()
                + "); its "
                + table.size()
                + " records are kept",
            cause);
    try {
      channel.truncate(end);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  private void checkOpen() {
    if (!channel.isOpen()) {
      throw new IllegalStateException("the writer of " + target + " is closed");
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
