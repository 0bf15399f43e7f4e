package dev.instar.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Writes a zip archive (PKWARE APPNOTE 6.3.10) of entries that are not packed, each below 2 GiB and
 * at a multiple of 64 bytes. The archive itself may be of any size. Not thread-safe.
 */
final class StoredZipWriter {
  private static final int ALIGNMENT = 64;
  private static final int PADDING_EXTRA = 0x4246; // "FB", as PyTorch's own writer has it
  private static final int WIDE_EXTRA = 1;
  private static final int LOCAL_BYTES = 30;
  private static final int ENTRY_BYTES = 46;
  private static final int EXTRA_HEADER_BYTES = 4;
  private static final int END64_BYTES = 56;
  private static final int ENDS_BYTES = END64_BYTES + 20 + 22;
  private static final short UTF8_NAMES = 0x800;
  private static final short VERSION = 45; // 4.5: 64-bit sizes
  private static final short FIRST_DAY = 0x21; // 1 January 1980: the same content, the same bytes

  /** From here on 32 bits hold no offset: all ones say that 64 follow. */
  static final long MASKED = 0xffffffffL;

  private final AtomicFile out;
  private final long wideFrom;
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private long entries;
  private long at;

  /**
   * @param wideFrom the offset from which on 64 bits are used, at most {@link #MASKED}; less is for
   *     tests
   */
  StoredZipWriter(AtomicFile out, long wideFrom) {
    this.out = out;
    this.wideFrom = wideFrom;
  }

  /** Appends an entry with all of {@code content}. */
  void add(String name, ByteBuffer content) throws IOException {
    byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(content.duplicate());
    long unpadded = at + LOCAL_BYTES + encoded.length + EXTRA_HEADER_BYTES;
    int padding = (int) (-unpadded & (ALIGNMENT - 1));
    int size = content.remaining();
    ByteBuffer local = littleEndian(LOCAL_BYTES + encoded.length + EXTRA_HEADER_BYTES + padding);
    local.putInt(0x04034b50);
    putCommon(local, (int) crc.getValue(), size, encoded.length, EXTRA_HEADER_BYTES + padding);
    local.put(encoded).putShort((short) PADDING_EXTRA).putShort((short) padding).position(0);
    addToDirectory(encoded, (int) crc.getValue(), size);
    at += local.capacity() + size;
    entries++;
    out.write(local, content);
  }

  private void addToDirectory(byte[] name, int crc, int size) {
    boolean wide = at >= wideFrom;
    int extra = wide ? EXTRA_HEADER_BYTES + Long.BYTES : 0;
    ByteBuffer entry = littleEndian(ENTRY_BYTES + name.length + extra);
    entry.putInt(0x02014b50).putShort(VERSION);
    putCommon(entry, crc, size, name.length, extra);
    // No comment, first disk, no attributes.
    entry.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
    entry.putInt(wide ? (int) MASKED : (int) at).put(name);
    if (wide) {
      entry.putShort((short) WIDE_EXTRA).putShort((short) Long.BYTES).putLong(at);
    }
    directory.writeBytes(entry.array());
  }

  /** The fields that a local header and an entry of the directory share. */
  private static void putCommon(ByteBuffer into, int crc, int size, int name, int extra) {
    into.putShort(VERSION).putShort(UTF8_NAMES).putShort((short) 0);
    into.putShort((short) 0).putShort(FIRST_DAY);
    into.putInt(crc).putInt(size).putInt(size).putShort((short) name).putShort((short) extra);
  }

  /** Appends the directory. */
  void finish() throws IOException {
    long start = at;
    long bytes = directory.size();
    ByteBuffer ends = littleEndian(ENDS_BYTES);
    // The 64-bit end is always there: whether a reader needs it depends on the fields behind it.
    ends.putInt(0x06064b50).putLong(END64_BYTES - 12).putShort(VERSION).putShort(VERSION);
    ends.putInt(0).putInt(0).putLong(entries).putLong(entries).putLong(bytes).putLong(start);
    ends.putInt(0x07064b50).putInt(0).putLong(start + bytes).putInt(1);
    ends.putInt(0x06054b50).putShort((short) 0).putShort((short) 0);
    short count = (short) Math.min(entries, 0xffff);
    ends.putShort(count).putShort(count);
    ends.putInt((int) bytes).putInt((int) (start >= wideFrom ? MASKED : start));
    ends.putShort((short) 0).flip();
    out.write(ByteBuffer.wrap(directory.toByteArray()), ends);
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
