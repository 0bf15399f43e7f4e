package dev.instar.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.bytedeco.javacpp.BytePointer;

/**
 * A view of bytes outside the heap: an address, a length, and whatever keeps them alive.
 *
 * <p>Native code takes {@link #address()}; Java code reads through {@link #buffer()}. A view owns
 * nothing: it is valid as long as the {@link NativeBuffer} or {@link MappedFile} that it came from
 * is open. Immutable; safe to share between threads that only read.
 */
public final class Bytes {
  private final ByteBuffer buffer;
  private final long address;

  private Bytes(ByteBuffer buffer, long address) {
    this.buffer = buffer;
    this.address = address;
  }

  /**
   * A view of a direct buffer from its position to its limit.
   *
   * @throws IllegalArgumentException if the buffer is on the heap
   */
  public static Bytes of(ByteBuffer direct) {
    if (!direct.isDirect()) {
      throw new IllegalArgumentException("a view needs a direct buffer, this one is on the heap");
    }
    ByteBuffer view = direct.slice();
    return new Bytes(view, addressOf(view));
  }

  /** A view of a copy of {@code bytes}; the copy is freed when the view is no longer reachable. */
  public static Bytes copyOf(byte[] bytes) {
    return of(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
  }

  /** The address of the first byte of a direct buffer, whatever its position. */
  static long addressOf(ByteBuffer direct) {
    try (BytePointer pointer = new BytePointer(direct)) {
      return pointer.address();
    }
  }

  /** A view of {@code length} bytes from {@code offset}, sharing the memory. */
  public Bytes slice(int offset, int length) {
    Objects.checkFromIndexSize(offset, length, buffer.capacity());
    return new Bytes(buffer.slice(offset, length), address + offset);
  }

  /** The native address of the first byte. */
  public long address() {
    return address;
  }

  /** The number of bytes. */
  public int size() {
    return buffer.capacity();
  }

  /** The unsigned byte at {@code index}. */
  public int get(int index) {
    return buffer.get(index) & 0xff;
  }

  /** A fresh read-only buffer over the same memory, little-endian, position 0. */
  public ByteBuffer buffer() {
    return buffer.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A copy on the heap. */
  public byte[] toArray() {
    byte[] copy = new byte[size()];
    buffer.get(0, copy);
    return copy;
  }

  @Override
  public String toString() {
    return size() + " bytes at 0x" + Long.toHexString(address);
  }
}
