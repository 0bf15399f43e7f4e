package dev.instar.pack;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One global heap collection, which holds values of variable length: HDF5 File Format Specification
 * 3.0, section III.E. Objects are numbered from 1.
 */
final class GlobalHeap {
  private static final byte[] SIGNATURE = "GCOL".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 16;
  private static final int OBJECT_HEADER = 16;

  /** The library reads no smaller collection. */
  private static final int SMALLEST = 4096;

  private final List<byte[]> objects = new ArrayList<>();

  /** Adds an object and gives its number. */
  int add(byte[] object) {
    if (objects.size() == 0xffff) {
      throw new IllegalArgumentException("more than 65,535 objects in a global heap collection");
    }
    objects.add(object);
    return objects.size();
  }

  /** The whole collection as it lies in the file. */
  byte[] bytes() {
    long used = HEADER;
    for (byte[] object : objects) {
      used += OBJECT_HEADER + Frame.padded(object.length);
    }
    int size = Math.toIntExact(Math.max(SMALLEST, used + OBJECT_HEADER));
    ByteBuffer heap = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    heap.put(SIGNATURE).put((byte) 1).put(new byte[3]).putLong(size);
    for (int i = 0; i < objects.size(); i++) {
      byte[] object = objects.get(i);
      int next = heap.position() + OBJECT_HEADER + (int) Frame.padded(object.length);
      heap.putShort((short) (i + 1)).putShort((short) 1).putInt(0).putLong(object.length);
      heap.put(object).position(next);
    }
    // Object 0 is the free space, its own header included.
    heap.putShort((short) 0).putShort((short) 0).putInt(0).putLong(size - used);
    return heap.array();
  }

  /**
   * The objects of a collection that {@link #bytes} wrote.
   *
   * @throws IndexOutOfBoundsException or another runtime exception if the bytes are not one
   */
  static List<byte[]> read(ByteBuffer bytes) {
    ByteBuffer heap = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> objects = new ArrayList<>();
    for (int at = HEADER; heap.getShort(at) == (short) (objects.size() + 1); ) {
      byte[] object = new byte[Math.toIntExact(heap.getLong(at + 8))];
      heap.get(at + OBJECT_HEADER, object);
      objects.add(object);
      at += OBJECT_HEADER + (int) Frame.padded(object.length);
    }
    return objects;
  }
}
