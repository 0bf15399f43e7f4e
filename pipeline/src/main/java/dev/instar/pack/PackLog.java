package dev.instar.pack;

import dev.instar.memory.Bytes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The file of a pack as a log of {@link Frame frames}, open for writing and locked against other
 * writers. {@code docs/pack-format.md} has the bytes and the rules of recovery. Not thread-safe.
 */
final class PackLog implements Closeable {
  /**
   * Where frames begin. The bytes before hold the superblock, the kind of pack, and the last
   * commit.
   */
  static final int START = 4096;

  /** Data are synced at least after so many bytes. */
  private static final long SYNC_BYTES = 64L << 20;

  private static final byte[] MAGIC = "INSTARPK".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NOTE =
      "Instar pack: HDF5 once it is finished, before that a log of records to be continued.\n"
          .getBytes(StandardCharsets.US_ASCII);
  private static final int KIND = 64;
  private static final int COMMIT = 512;
  private static final int COMMIT_BYTES = 12;

  private final Path path;
  private final FileChannel channel;
  private final ByteBuffer header = ByteBuffer.allocateDirect(Frame.LONGEST_HEADER);
  private final ByteBuffer zeros = ByteBuffer.allocateDirect(Long.BYTES);
  private RecordTable table = new RecordTable();
  private long end = START;
  private long synced;
  private long discarded;

  private PackLog(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
    header.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Opens and locks a file that may be new. */
  static PackLog open(Path path, StandardOpenOption... more) throws IOException {
    return new PackLog(path, Publication.openLocked(path, more));
  }

  /** Begins an empty log, or continues one that was not finished. */
  void resume(Encoding encoding) throws IOException {
    ByteBuffer reserved = PackIndex.readUpTo(channel, 0, START);
    if (isUnborn(reserved)) {
      channel.truncate(0);
      PackIndex.writeFully(channel, reservedBytes(encoding), 0);
      channel.force(true);
      return;
    }
    checkKind(reserved, encoding);
    recover(reserved);
  }

  /** Continues after the end of a finished pack, whose index is {@code index}. */
  void resume(PackIndex index, Encoding encoding) throws IOException {
    ByteBuffer reserved = PackIndex.readUpTo(channel, 0, START);
    checkKind(reserved, encoding);
    table = index.table();
    end = index.end();
    recover(reserved);
  }

  /** The index of a finished pack; see {@link PackIndex#read}. */
  Optional<PackIndex> index() throws IOException {
    return PackIndex.read(channel);
  }

  RecordTable table() {
    return table;
  }

  /** Bytes that the last writer left behind and that were no whole record. */
  long discarded() {
    return discarded;
  }

  void append(ImageRecord record, byte[] name, Bytes content) throws IOException {
    ByteBuffer bytes = content.buffer();
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    int[] geometry = RecordTable.geometry(record);
    int checksum = (int) crc.getValue();
    Frame frame = new Frame(table.size(), name, geometry, content.size(), checksum);
    frame.write(header.clear());
    zeros.clear().limit((int) (Frame.padded(content.size()) - content.size()));
    try {
      channel.position(end);
      ByteBuffer[] pieces = {header.flip(), bytes, zeros};
      long left = frame.frameLength();
      while (left > 0) {
        left -= channel.write(pieces);
      }
    } catch (IOException e) {
      throw cutBack("the record " + Printable.of(record.name()) + " could not be written", e);
    }
    table.add(name, end + frame.headerLength() - START, content.size(), checksum, geometry);
    end += frame.frameLength();
    if (end - synced >= SYNC_BYTES) {
      commit();
    }
  }

  /** Makes all frames durable and notes how far they reach. */
  void commit() throws IOException {
    if (synced < end) {
      channel.force(false);
      synced = end;
      PackIndex.writeFully(channel, commitBytes(end), COMMIT);
    }
  }

  /**
   * Writes the index after the last frame, then, in one step, the superblock that makes the file a
   * finished pack.
   */
  void seal(Encoding encoding, Map<String, String> attributes) throws IOException {
    Superblock superblock;
    try {
      superblock = PackIndex.write(channel, end, table, encoding, attributes, List.of());
      PackIndex.writeFully(channel, ByteBuffer.allocate(COMMIT_BYTES), COMMIT);
      channel.force(true);
    } catch (IOException e) {
      throw cutBack("the index could not be written", e);
    }
    PackIndex.writeFully(channel, superblock.bytes(), 0);
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** The reserved bytes of a new file. */
  static ByteBuffer reservedBytes(Encoding encoding) {
    ByteBuffer reserved = ByteBuffer.allocate(START).order(ByteOrder.LITTLE_ENDIAN);
    reserved.position(KIND);
    reserved.put(MAGIC).putInt(PackMetadata.VERSION).putInt(encoding.ordinal()).put(NOTE);
    return reserved.clear();
  }

  /** Whether a writer was stopped before it had even written the reserved bytes. */
  private static boolean isUnborn(ByteBuffer reserved) {
    int length = reserved.remaining();
    ByteBuffer found = ByteBuffer.allocate(length).put(reserved.duplicate()).flip();
    for (int i = COMMIT; i < Math.min(COMMIT + COMMIT_BYTES, length); i++) {
      found.put(i, (byte) 0);
    }
    for (Encoding encoding : Encoding.values()) {
      if (length < START && found.equals(reservedBytes(encoding).slice(0, length))) {
        return true;
      }
    }
    return reserved.equals(ByteBuffer.allocate(length));
  }

  private void checkKind(ByteBuffer reserved, Encoding encoding) throws IOException {
    byte[] magic = new byte[MAGIC.length];
    boolean whole = reserved.remaining() == START;
    if (whole) {
      reserved.get(KIND, magic);
    }
    if (!whole || !Arrays.equals(magic, MAGIC)) {
      throw new IOException(path + " is not a pack; it was left as it is");
    }
    int version = reserved.getInt(KIND + 8);
    int kind = reserved.getInt(KIND + 12);
    if (version != PackMetadata.VERSION) {
      throw new IOException(
          path
              + " is a pack of version "
              + version
              + ", this program writes version "
              + PackMetadata.VERSION);
    }
    if (kind != encoding.ordinal()) {
      throw new IOException(
          path
              + " does not hold "
              + encoding.label()
              + " records; choose another output or the encoding that it was begun with");
    }
  }

  /** Reads all frames from {@link #end} on and cuts off what follows the last whole one. */
  private void recover(ByteBuffer reserved) throws IOException {
    long committed = committed(reserved);
    long size = channel.size();
    while (true) {
      Frame frame =
          Frame.read(PackIndex.readUpTo(channel, end, Frame.LONGEST_HEADER), table.size());
      if (frame == null || frame.frameLength() > size - end) {
        break;
      }
      long content = end + frame.headerLength();
      if (end + frame.frameLength() > committed && !whole(frame, content)) {
        break;
      }
      if (!table.add(
          frame.name(), content - START, frame.length(), frame.crc32c(), frame.geometry())) {
        break;
      }
      end += frame.frameLength();
    }
    discarded = size - end;
    if (discarded > 0) {
      channel.truncate(end);
    }
    if (end < committed) {
      PackIndex.writeFully(channel, commitBytes(end), COMMIT);
    }
    synced = Math.min(end, committed);
  }

  private boolean whole(Frame frame, long content) throws IOException {
    if (PackIndex.checksum(channel, content, frame.length()) != frame.crc32c()) {
      return false;
    }
    int filling = (int) (Frame.padded(frame.length()) - frame.length());
    ByteBuffer zero = ByteBuffer.allocate(filling);
    return PackIndex.readUpTo(channel, content + frame.length(), filling).equals(zero);
  }

  private static long committed(ByteBuffer reserved) {
    long length = reserved.getLong(COMMIT);
    return reserved.slice(COMMIT, COMMIT_BYTES).equals(commitBytes(length)) ? length : 0;
  }

  private static ByteBuffer commitBytes(long length) {
    ByteBuffer bytes = ByteBuffer.allocate(COMMIT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    CRC32C crc = new CRC32C();
    crc.update(bytes.putLong(length).duplicate().flip());
    return bytes.putInt((int) crc.getValue()).flip();
  }

  /** Takes a failed write back, so that the log ends with its last whole record. */
  private IOException cutBack(String what, IOException cause) {
    IOException failure =
        new IOException(
            path
                + ": "
                + what
                + " ("
                + cause.getMessage()
                + "); the "
                + table.size()
                + " records before are kept",
            cause);
    try {
      channel.truncate(end);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }
}
