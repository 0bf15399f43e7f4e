package dev.instar.torch;

import dev.instar.image.InputException;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory for tensors that do not lie in their file as they are wanted: misaligned, strided or
 * compressed ones. Freed on close. Not thread-safe.
 *
 * <p>A few bytes of a damaged or malicious file can ask for terabytes (a stride of zero, a deflate
 * bomb), so all copies together may take {@link #FREE_BYTES} and {@link #TIMES_THE_FILE} times the
 * file.
 */
final class TensorCopies implements AutoCloseable {
  private static final long FREE_BYTES = 64L << 20;
  private static final long TIMES_THE_FILE = 16;

  private final List<NativeBuffer> buffers = new ArrayList<>();
  private final Refusal refusal;
  private long left;

  TensorCopies(Refusal refusal, long fileBytes) {
    this.refusal = refusal;
    left = FREE_BYTES + Math.min(fileBytes, Long.MAX_VALUE / (2 * TIMES_THE_FILE)) * TIMES_THE_FILE;
  }

  /**
   * Memory for {@code bytes} bytes of {@code what}, aligned for every element type.
   *
   * @throws InputException if it is more than such a file may ask for
   */
  NativeBuffer allocate(long bytes, String what) throws InputException {
    if (bytes > left || bytes > StoredTensor.LARGEST_BYTES) {
      throw refusal.tooLarge(
          "unpacks \""
              + Quoted.of(what)
              + "\" to "
              + bytes
              + " bytes, far more than a file of its size should");
    }
    NativeBuffer buffer = NativeBuffer.allocate((int) bytes);
    buffers.add(buffer);
    left -= bytes;
    return buffer;
  }

  /** {@code data}, or a copy of it if an element of {@code type} may not lie at its address. */
  Bytes aligned(Bytes data, ElementType type, String what) throws InputException {
    if (data.address() % type.alignment() == 0) {
      return data;
    }
    NativeBuffer copy = allocate(data.size(), what);
    copy.asByteBuffer().put(data.buffer());
    return copy.bytes(0, data.size());
  }

  @Override
  public void close() {
    buffers.forEach(NativeBuffer::close);
    buffers.clear();
  }
}
