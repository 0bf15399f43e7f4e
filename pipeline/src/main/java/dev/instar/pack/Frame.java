package dev.instar.pack;

import dev.instar.memory.MappedFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * One record in a pack's log: a header with a checksum of its own, then the content, each filled
 * with zeros to a multiple of 8 bytes. {@code docs/pack-format.md} has the bytes.
 *
 * @param number of the record in the pack, from 0
 * @param name in UTF-8
 * @param geometry as {@link RecordTable} keeps it
 * @param length of the content, in bytes
 * @param crc32c of the content
 */
record Frame(int number, byte[] name, int[] geometry, int length, int crc32c) {
  /** Bytes before the name. */
  static final int FIXED = 72;

  /** The longest header, in bytes. */
  static final int LONGEST_HEADER = FIXED + SafeName.LONGEST_NAME;

  private static final byte[] MAGIC = "INSTARRC".getBytes(StandardCharsets.US_ASCII);
  private static final int CHECKSUM = 8;
  private static final int CHECKED = 12;

  /** Rounds up to a multiple of 8. */
  static long padded(long bytes) {
    return (bytes + 7) & ~7L;
  }

  int headerLength() {
    return (int) padded(FIXED + name.length);
  }

  /** All bytes from this frame's start to the next one's. */
  long frameLength() {
    return headerLength() + padded(length);
  }

  /** Writes the header from the position of {@code target} on, which is little-endian. */
  void write(ByteBuffer target) {
    int start = target.position();
    target.put(MAGIC).putInt(0).putInt(headerLength()).putLong(length).putInt(crc32c);
    target.putInt(number);
    for (int value : geometry) {
      target.putInt(value);
    }
    target.putInt(name.length).put(name);
    while (target.position() < start + headerLength()) {
      target.put((byte) 0);
    }
    target.putInt(start + CHECKSUM, checksum(target, start, headerLength()));
  }

  /**
   * Reads the header at the start of {@code bytes}.
   *
   * @return null if there is no valid header of the record {@code number}
   */
  static Frame read(ByteBuffer bytes, int number) {
    ByteBuffer header = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (header.remaining() < FIXED) {
      return null;
    }
    byte[] magic = new byte[MAGIC.length];
    header.get(magic);
    int checksum = header.getInt();
    int headerLength = header.getInt();
    long length = header.getLong();
    int crc32c = header.getInt();
    boolean plausible =
        Arrays.equals(magic, MAGIC)
            && headerLength >= FIXED
            && headerLength <= Math.min(LONGEST_HEADER, header.capacity())
            && checksum == checksum(header, 0, headerLength)
            && header.getInt() == number
            && length >= 0
            && length <= MappedFile.LONGEST_VIEW;
    if (!plausible) {
      return null;
    }
    int[] geometry = new int[9];
    for (int i = 0; i < geometry.length; i++) {
      geometry[i] = header.getInt();
    }
    int nameLength = header.getInt();
    if (nameLength < 1 || nameLength > headerLength - FIXED || !RecordTable.valid(geometry)) {
      return null;
    }
    byte[] name = new byte[nameLength];
    header.get(name);
    Frame frame = new Frame(number, name, geometry, (int) length, crc32c);
    return frame.headerLength() == headerLength && safe(name) ? frame : null;
  }

  private static boolean safe(byte[] name) {
    try {
      SafeName.check(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString());
      return true;
    } catch (CharacterCodingException | UnsafeNameException e) {
      return false;
    }
  }

  private static int checksum(ByteBuffer header, int start, int headerLength) {
    CRC32C crc = new CRC32C();
    crc.update(header.duplicate().position(start + CHECKED).limit(start + headerLength));
    return (int) crc.getValue();
  }
}
