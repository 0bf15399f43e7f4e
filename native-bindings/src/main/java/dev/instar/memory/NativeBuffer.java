package dev.instar.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Pointer;

/**
 * An owned, growable slab of memory outside the heap, at most 2 GiB, that starts at a multiple of
 * {@value #ALIGNMENT}: vector stores that go past the caches need it.
 *
 * <p>Whoever allocates it closes it; views of it die with it and with every growth. Not
 * thread-safe: one worker, one buffer. The content is not zeroed.
 */
public final class NativeBuffer implements AutoCloseable {
  /** A line of the cache, in bytes. */
  private static final int ALIGNMENT = 64;

  private static final AtomicLong ALLOCATED = new AtomicLong();

  private Pointer memory;
  private ByteBuffer view;
  private long address;
  private int capacity;

  private NativeBuffer(int bytes) {
    take(bytes);
  }

  /**
   * Allocates {@code bytes} bytes.
   *
   * @throws OutOfMemoryError if the system has none left
   */
  public static NativeBuffer allocate(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a buffer of " + bytes + " bytes");
    }
    return new NativeBuffer(bytes);
  }

  /** The bytes that all open buffers of this process hold: what a leak test watches. */
  public static long allocatedBytes() {
    return ALLOCATED.get();
  }

  /**
   * Makes room for at least {@code bytes} bytes; the content is lost where the buffer has to move.
   */
  public void ensureCapacity(int bytes) {
    checkOpen();
    if (bytes > capacity) {
      int grown = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max((long) bytes, capacity * 5L / 4));
      release();
      take(Math.max(bytes, grown));
    }
  }

  /**
   * Gives memory above {@code bytes} bytes back to the system; the content is lost where it does.
   */
  public void trim(int bytes) {
    checkOpen();
    if (capacity > bytes) {
      release();
      take(bytes);
    }
  }

  /** The native address of the first byte. */
  public long address() {
    checkOpen();
    return address;
  }

  /** The number of bytes that fit. */
  public int capacity() {
    return capacity;
  }

  /** A view of {@code length} bytes from {@code offset}. */
  public Bytes bytes(int offset, int length) {
    checkOpen();
    Objects.checkFromIndexSize(offset, length, capacity);
    return Bytes.of(view.slice(offset, length));
  }

  /** A fresh writable buffer over the whole slab, little-endian, position 0. */
  public ByteBuffer asByteBuffer() {
    checkOpen();
    return view.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {
    if (memory != null) {
      release();
      view = null;
      memory = null;
    }
  }

  private void take(int bytes) {
    // malloc aligns to 16 bytes.
    memory = Pointer.malloc((long) bytes + ALIGNMENT);
    if (memory == null || memory.isNull()) {
      memory = null;
      throw new OutOfMemoryError("no memory outside the heap for " + bytes + " bytes");
    }
    address = (memory.address() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    capacity = bytes;
    view = ForeignMemory.view(address, bytes);
    ALLOCATED.addAndGet(bytes);
  }

  private void release() {
    ALLOCATED.addAndGet(-capacity);
    Pointer.free(memory);
    address = 0;
    capacity = 0;
  }

  private void checkOpen() {
    if (memory == null) {
      throw new IllegalStateException("the buffer is closed");
    }
  }
}
