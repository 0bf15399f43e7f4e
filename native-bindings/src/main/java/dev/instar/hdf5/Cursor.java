package dev.instar.hdf5;

import dev.instar.memory.Bytes;
import java.nio.ByteBuffer;

/**
 * A position in a stretch of an HDF5 file; what would leave the stretch is refused. Little-endian,
 * as all HDF5 structure is. Not thread-safe.
 */
final class Cursor {
  private final FileImage file;
  private final long address;
  private final Bytes bytes;
  private final ByteBuffer buffer;

  Cursor(FileImage file, long address, Bytes bytes) {
    this.file = file;
    this.address = address;
    this.bytes = bytes;
    this.buffer = bytes.buffer();
  }

  FileImage file() {
    return file;
  }

  /** The file address of the position. */
  long address() {
    return address + buffer.position();
  }

  int position() {
    return buffer.position();
  }

  int remaining() {
    return buffer.remaining();
  }

  int u8() throws Hdf5Exception {
    need(1);
    return buffer.get() & 0xff;
  }

  int u16() throws Hdf5Exception {
    need(2);
    return buffer.getShort() & 0xffff;
  }

  long u32() throws Hdf5Exception {
    need(4);
    return buffer.getInt() & 0xffffffffL;
  }

  long i64() throws Hdf5Exception {
    need(8);
    return buffer.getLong();
  }

  /** An unsigned number of {@code width} bytes, 1 to 8; a number beyond 2^63 comes out negative. */
  long number(int width) throws Hdf5Exception {
    need(width);
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= (buffer.get() & 0xffL) << (8 * i);
    }
    return value;
  }

  /** An address, {@link FileImage#UNDEFINED} where all its bits are set. */
  long offset() throws Hdf5Exception {
    long value = number(file.offsetBytes());
    long undefined = -1L >>> (64 - 8 * file.offsetBytes());
    return value == undefined ? FileImage.UNDEFINED : value;
  }

  /** A length; beyond 2^63 it comes out negative. */
  long length() throws Hdf5Exception {
    return number(file.lengthBytes());
  }

  byte[] array(int count) throws Hdf5Exception {
    need(count);
    byte[] copy = new byte[count];
    buffer.get(copy);
    return copy;
  }

  /** A part of the mapped stretch, from the position on. */
  Cursor sub(long count) throws Hdf5Exception {
    need(count);
    long start = address();
    Bytes part = bytes.slice(buffer.position(), (int) count);
    skip(count);
    return new Cursor(file, start, part);
  }

  /** The bytes from the position to the end, mapped. */
  Bytes rest() {
    return bytes.slice(buffer.position(), buffer.remaining());
  }

  void skip(long count) throws Hdf5Exception {
    need(count);
    buffer.position(buffer.position() + (int) count);
  }

  void seek(long position) throws Hdf5Exception {
    if (position < 0 || position > buffer.limit()) {
      throw file.damaged("an offset of " + position + " leaves the structure at " + address);
    }
    buffer.position((int) position);
  }

  /** Reads bytes up to the next NUL, which is skipped; at most {@code most} of them. */
  byte[] untilNul(int most) throws Hdf5Exception {
    int start = buffer.position();
    int limit = (int) Math.min(buffer.limit(), (long) start + most + 1);
    for (int i = start; i < limit; i++) {
      if (buffer.get(i) == 0) {
        byte[] text = array(i - start);
        buffer.position(i + 1);
        return text;
      }
    }
    throw file.damaged("a name at " + address() + " does not end");
  }

  /** Checks four letters that a structure starts with. */
  void signature(String expected) throws Hdf5Exception {
    need(4);
    for (int i = 0; i < 4; i++) {
      if (buffer.get() != expected.charAt(i)) {
        throw file.damaged("no " + expected + " at address " + address);
      }
    }
  }

  /** Checks a structure's version or type byte. */
  void expect(int value, String what) throws Hdf5Exception {
    int found = u8();
    if (found != value) {
      throw file.damaged(what + " is " + found + " at address " + address + ", not " + value);
    }
  }

  /**
   * Checks the checksum that follows the position: it covers everything from the start of the
   * stretch.
   */
  void checksum() throws Hdf5Exception {
    int computed = Checksums.lookup3(buffer, 0, buffer.position());
    if ((int) u32() != computed) {
      throw file.damaged("wrong checksum of the structure at address " + address);
    }
  }

  private void need(long count) throws Hdf5Exception {
    if (count < 0 || count > buffer.remaining()) {
      throw file.damaged("the structure at address " + address + " is cut short");
    }
  }
}
