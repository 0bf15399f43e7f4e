package dev.instar.pack;

import dev.instar.memory.MappedFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The last frame of a finished pack: HDF5 metadata, then the columns, which HDF5 programs see as
 * datasets. {@code docs/pack-format.md} has the bytes.
 *
 * @param table the records
 * @param encoding of their content
 * @param attributes of the root group, without those that the format itself sets
 * @param start the address of the frame, where the records' data end
 * @param end the address after the frame
 */
record PackIndex(
    RecordTable table, Encoding encoding, Map<String, String> attributes, long start, long end) {
  /** Bytes before the root group's object header. */
  static final int HEADER = 64;

  private static final byte[] MAGIC = "INSTARIX".getBytes(StandardCharsets.US_ASCII);
  private static final int CHECKSUM = 8;
  private static final int CHECKED = 12;
  private static final int BUFFER = 1 << 20;

  /** More metadata than attributes of any sane size make. */
  private static final int LONGEST_METADATA = 1 << 28;

  /**
   * Writes the frame at {@code start}, its header last.
   *
   * @param shards whose data the pack shows one after the other, or empty for a pack that has its
   *     own
   * @return the superblock that makes it valid
   */
  static Superblock write(
      FileChannel channel,
      long start,
      RecordTable table,
      Encoding encoding,
      Map<String, String> attributes,
      List<VirtualMapping> shards)
      throws IOException {
    int nameBytes = longestName(table);
    PackMetadata metadata = new PackMetadata(table.size(), nameBytes, encoding, attributes, shards);
    byte[] hdf5 = metadata.bytes(start + HEADER, start);
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    CRC32C crc = new CRC32C();
    crc.update(hdf5);
    long at = start + HEADER;
    at = writeFully(channel, ByteBuffer.wrap(hdf5), at);
    for (Column column : Column.values()) {
      int rowBytes = column.rowBytes(nameBytes);
      for (int row = 0; row < table.size(); row++) {
        if (buffer.remaining() < rowBytes + Long.BYTES) {
          at = drain(channel, buffer, crc, at);
        }
        column.put(table, row, nameBytes, buffer);
      }
      while ((at + buffer.position()) % Long.BYTES != 0) {
        buffer.put((byte) 0);
      }
    }
    at = drain(channel, buffer, crc, at);
    buffer.put(MAGIC).putInt(0).putInt(HEADER).putLong(at - start - HEADER);
    buffer.putInt((int) crc.getValue()).putInt(table.size()).putInt(nameBytes);
    buffer.putInt(encoding.ordinal()).putLong(hdf5.length).putInt(shards.size());
    buffer.put(new byte[HEADER - buffer.position()]);
    buffer.putInt(CHECKSUM, checksum(buffer));
    writeFully(channel, buffer.flip(), start);
    return new Superblock(at, start + HEADER);
  }

  /**
   * Reads the frame that a file's superblock points to.
   *
   * @return empty if the file is no pack, or was written or changed by another program, or has
   *     virtual data
   */
  static Optional<PackIndex> read(FileChannel channel) throws IOException {
    Superblock superblock = Superblock.read(readUpTo(channel, 0, Superblock.LENGTH));
    if (superblock == null || superblock.endOfFile() > channel.size()) {
      return Optional.empty();
    }
    long start = superblock.rootHeader() - HEADER;
    if (start < PackLog.START || start > superblock.endOfFile() - HEADER) {
      return Optional.empty();
    }
    ByteBuffer header = readUpTo(channel, start, HEADER);
    long length = header.getLong(16);
    int rows = header.getInt(28);
    int nameBytes = header.getInt(32);
    int encoding = header.getInt(36);
    long metadata = header.getLong(40);
    byte[] magic = new byte[MAGIC.length];
    header.get(0, magic);
    boolean valid =
        Arrays.equals(magic, MAGIC)
            && header.getInt(CHECKSUM) == checksum(header)
            && length == superblock.endOfFile() - start - HEADER
            && rows >= 0
            && nameBytes > 0
            && nameBytes <= SafeName.LONGEST_NAME
            && encoding >= 0
            && encoding < Encoding.values().length
            && metadata > 0
            && metadata <= Math.min(length, LONGEST_METADATA)
            && header.getInt(48) == 0
            && length == metadata + columnBytes(rows, nameBytes)
            && header.getInt(24) == checksum(channel, start + HEADER, length);
    if (!valid) {
      return Optional.empty();
    }
    try {
      RecordTable table =
          readTable(channel, start + HEADER + metadata, rows, nameBytes, start - PackLog.START);
      ByteBuffer hdf5 = readUpTo(channel, start + HEADER, (int) metadata);
      return Optional.of(
          new PackIndex(
              table,
              Encoding.values()[encoding],
              PackMetadata.attributes(hdf5),
              start,
              superblock.endOfFile()));
    } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static RecordTable readTable(
      FileChannel channel, long columns, int rows, int nameBytes, long dataBytes)
      throws IOException {
    ColumnReader[] readers = new ColumnReader[Column.AREA_FRACTION.ordinal()];
    long at = columns;
    for (int i = 0; i < readers.length; i++) {
      int rowBytes = Column.values()[i].rowBytes(nameBytes);
      readers[i] = new ColumnReader(channel, at, rowBytes, rows);
      at += Frame.padded((long) rowBytes * rows);
    }
    RecordTable table = new RecordTable();
    for (int row = 0; row < rows; row++) {
      byte[] name = trimmed(readers[0].next());
      long offset = readers[1].next().getLong();
      int length = readers[2].next().getInt();
      int crc32c = readers[3].next().getInt();
      int[] geometry = new int[9];
      for (int i = 0; i < 5; i++) {
        geometry[i] = readers[4 + i].next().getInt();
      }
      ByteBuffer box = readers[9].next();
      for (int i = 5; i < 9; i++) {
        geometry[i] = box.getInt();
      }
      boolean valid =
          name.length > 0
              && offset >= 0
              && length >= 0
              && length <= MappedFile.LONGEST_VIEW
              && offset <= dataBytes - length
              && RecordTable.valid(geometry);
      if (!valid || !table.add(name, offset, length, crc32c, geometry)) {
        throw new IllegalArgumentException("row " + row + " of a pack's index is not valid");
      }
    }
    return table;
  }

  /** A name without the zeros that fill its field. */
  static byte[] trimmed(ByteBuffer field) {
    int length = field.remaining();
    while (length > 0 && field.get(field.position() + length - 1) == 0) {
      length--;
    }
    byte[] name = new byte[length];
    field.get(field.position(), name);
    return name;
  }

  private static int longestName(RecordTable table) {
    int longest = 1;
    for (int i = 0; i < table.size(); i++) {
      longest = Math.max(longest, table.names().bytes(i));
    }
    return longest;
  }

  static long columnBytes(long rows, int nameBytes) {
    long bytes = 0;
    for (Column column : Column.values()) {
      bytes += Frame.padded(rows * column.rowBytes(nameBytes));
    }
    return bytes;
  }

  private static int checksum(ByteBuffer header) {
    CRC32C crc = new CRC32C();
    crc.update(header.duplicate().position(CHECKED).limit(HEADER));
    return (int) crc.getValue();
  }

  /** The CRC-32C of a stretch of a file that is known to lie in it. */
  static int checksum(FileChannel channel, long start, long length) throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(BUFFER, Math.max(1, length)));
    for (long done = 0; done < length; ) {
      buffer.clear().limit((int) Math.min(BUFFER, length - done));
      int read = channel.read(buffer, start + done);
      if (read < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
      crc.update(buffer.flip());
      done += read;
    }
    return (int) crc.getValue();
  }

  /** The bytes from {@code position} on, fewer than {@code length} only where the file ends. */
  static ByteBuffer readUpTo(FileChannel channel, long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        break;
      }
    }
    return bytes.flip();
  }

  static long writeFully(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
    return at;
  }

  private static long drain(FileChannel channel, ByteBuffer buffer, CRC32C crc, long at)
      throws IOException {
    crc.update(buffer.flip());
    long end = writeFully(channel, buffer.rewind(), at);
    buffer.clear();
    return end;
  }

  /** Reads a column's rows one after the other through a buffer. */
  private static final class ColumnReader {
    private static final int CHUNK = 1 << 16;

    private final FileChannel channel;
    private final int rowBytes;
    private final ByteBuffer chunk;
    private long at;
    private long left;

    ColumnReader(FileChannel channel, long start, int rowBytes, long rows) {
      this.channel = channel;
      this.rowBytes = rowBytes;
      at = start;
      left = rowBytes * rows;
      chunk = ByteBuffer.allocateDirect(CHUNK / rowBytes * rowBytes).flip();
    }

    ByteBuffer next() throws IOException {
      if (!chunk.hasRemaining()) {
        chunk.clear().limit((int) Math.min(chunk.capacity(), left));
        while (chunk.hasRemaining()) {
          if (channel.read(chunk, at + chunk.position()) < 0) {
            throw new EOFException("the file became shorter while it was read");
          }
        }
        chunk.flip();
        at += chunk.limit();
        left -= chunk.limit();
      }
      ByteBuffer row = chunk.slice(chunk.position(), rowBytes).order(ByteOrder.LITTLE_ENDIAN);
      chunk.position(chunk.position() + rowBytes);
      return row;
    }
  }
}
