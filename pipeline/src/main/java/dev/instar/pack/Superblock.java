package dev.instar.pack;

import dev.instar.hdf5.Checksums;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The superblock of an HDF5 file, version 2: HDF5 File Format Specification 3.0, section II.A.
 *
 * @param endOfFile the address after the last byte that belongs to the file
 * @param rootHeader the address of the root group's object header
 */
record Superblock(long endOfFile, long rootHeader) {
  /** Its size in bytes. */
  static final int LENGTH = 48;

  /** The address that stands for none. */
  static final long UNDEFINED = -1;

  private static final long SIGNATURE = 0x0a1a0a0d46444889L;
  private static final int VERSION = 2;
  private static final int ADDRESS_BYTES = 8;
  private static final int CHECKED = 44;

  ByteBuffer bytes() {
    ByteBuffer block = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    block.putLong(SIGNATURE).put((byte) VERSION);
    block.put((byte) ADDRESS_BYTES).put((byte) ADDRESS_BYTES).put((byte) 0);
    block.putLong(0).putLong(UNDEFINED).putLong(endOfFile).putLong(rootHeader);
    return block.putInt(Checksums.lookup3(block, 0, CHECKED)).flip();
  }

  /** Whether the bytes begin as an HDF5 file does. */
  static boolean signed(ByteBuffer block) {
    return block.remaining() >= Long.BYTES
        && block.duplicate().order(ByteOrder.LITTLE_ENDIAN).getLong() == SIGNATURE;
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @return null if it is anything else, other versions of a superblock included
   */
  static Superblock read(ByteBuffer bytes) {
    if (bytes.remaining() < LENGTH || !signed(bytes)) {
      return null;
    }
    ByteBuffer block = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    Superblock found = new Superblock(block.getLong(28), block.getLong(36));
    return found.bytes().equals(block.slice(0, LENGTH)) ? found : null;
  }
}
