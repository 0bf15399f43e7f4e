package dev.instar.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Memory outside the heap that somebody else owns, known by its address. */
public final class ForeignMemory {
  private ForeignMemory() {}

  /**
   * A writable view, little-endian, position 0. Nothing keeps the memory alive, and nothing checks
   * that it is there: the owner does.
   */
  public static ByteBuffer view(long address, int bytes) {
    try (Address pointer = new Address(address);
        BytePointer first = new BytePointer(pointer)) {
      return first.capacity(bytes).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private static final class Address extends Pointer {
    Address(long address) {
      this.address = address;
    }
  }
}
