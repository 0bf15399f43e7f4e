package dev.instar.pack;

import dev.instar.hdf5.Checksums;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A version 2 object header of an HDF5 group or dataset, built message by message: HDF5 File Format
 * Specification 3.0, sections IV.A.1.b and IV.A.2.
 *
 * <p>Its length depends on what is added, never on the addresses in it.
 */
final class ObjectHeader {
  private static final byte[] SIGNATURE = "OHDR".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 2;

  /** Chunk size in 4 bytes; limits between compact and dense attribute storage are given. */
  private static final int FLAGS = 0x12;

  /** Signature, version, flags, two attribute limits, chunk size. */
  private static final int PREFIX = 14;

  private static final int MESSAGE_HEADER = 4;

  private static final int DATASPACE = 0x01;
  private static final int LINK_INFO = 0x02;
  private static final int DATATYPE = 0x03;
  private static final int FILL_VALUE = 0x05;
  private static final int LINK = 0x06;
  private static final int LAYOUT = 0x08;
  private static final int GROUP_INFO = 0x0a;
  private static final int ATTRIBUTE = 0x0c;
  private static final int ATTRIBUTE_INFO = 0x15;

  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

  private ObjectHeader() {}

  /** A group whose links are kept in this header. */
  static ObjectHeader group() {
    ObjectHeader header = new ObjectHeader();
    header.add(
        LINK_INFO, little(18).putLong(2, Superblock.UNDEFINED).putLong(10, Superblock.UNDEFINED));
    // Without this the library finds the attributes but counts none.
    header.add(
        ATTRIBUTE_INFO,
        little(18).putLong(2, Superblock.UNDEFINED).putLong(10, Superblock.UNDEFINED));
    // Flag 1: at most 64 links here before they move to a heap, and back below 32.
    header.add(
        GROUP_INFO, little(6).put(1, (byte) 1).putShort(2, (short) 64).putShort(4, (short) 32));
    return header;
  }

  /** A dataset in one stretch of the file, {@code address} being its first byte. */
  static ObjectHeader contiguous(Datatype type, long address, long... shape) {
    long bytes = type.size();
    for (long side : shape) {
      bytes *= side;
    }
    ObjectHeader header = dataset(type, shape);
    // Version 3, class 1: contiguous.
    header.add(
        LAYOUT,
        little(18)
            .put((byte) 3)
            .put((byte) 1)
            .putLong(bytes == 0 ? Superblock.UNDEFINED : address)
            .putLong(bytes));
    return header;
  }

  /**
   * A virtual dataset; its mapping is object {@code number} of the global heap collection at {@code
   * heap}.
   */
  static ObjectHeader virtual(Datatype type, long heap, int number, long... shape) {
    ObjectHeader header = dataset(type, shape);
    // Version 4, class 3: virtual.
    header.add(LAYOUT, little(14).put((byte) 4).put((byte) 3).putLong(heap).putInt(number));
    return header;
  }

  private static ObjectHeader dataset(Datatype type, long... shape) {
    ObjectHeader header = new ObjectHeader();
    header.add(DATASPACE, ByteBuffer.wrap(dataspace(shape)));
    header.add(DATATYPE, ByteBuffer.wrap(type.message()));
    // Version 3; allocated late, filled if set: what the library writes for such a dataset.
    header.add(FILL_VALUE, little(2).put(0, (byte) 3).put(1, (byte) 0x0a));
    return header;
  }

  /** Adds a hard link to the object whose header is at {@code address}. */
  void link(String name, long address) {
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer link = little(3 + text.length + Long.BYTES);
    add(LINK, link.put((byte) 1).put((byte) 0).put((byte) text.length).put(text).putLong(address));
  }

  /** Adds an attribute with one number. */
  void attribute(String name, Datatype type, long value) {
    byte[] bytes = little(Long.BYTES).putLong(value).array();
    attribute(name, type, ByteBuffer.wrap(bytes, 0, type.size()));
  }

  /**
   * Adds an attribute with a text of {@code length} bytes, object {@code number} of the heap at
   * {@code heap}.
   */
  void attribute(String name, int length, long heap, int number) {
    attribute(name, Datatype.TEXT, little(16).putInt(length).putLong(heap).putInt(number).flip());
  }

  private void attribute(String name, Datatype type, ByteBuffer value) {
    byte[] key = (name + '\0').getBytes(StandardCharsets.UTF_8);
    byte[] dataspace = dataspace();
    byte[] datatype = type.message();
    ByteBuffer body = little(9 + key.length + datatype.length + dataspace.length + type.size());
    body.put((byte) 3).put((byte) 0).putShort((short) key.length);
    body.putShort((short) datatype.length).putShort((short) dataspace.length).put((byte) 1);
    add(ATTRIBUTE, body.put(key).put(datatype).put(dataspace).put(value));
  }

  /** The header as it lies in the file. */
  byte[] bytes() {
    ByteBuffer header = little(PREFIX + messages.size() + Integer.BYTES);
    header.put(SIGNATURE).put((byte) VERSION).put((byte) FLAGS);
    header.putShort((short) 0xffff).putShort((short) 0xfffe).putInt(messages.size());
    header.put(messages.toByteArray());
    return header.putInt(Checksums.lookup3(header, 0, header.position())).array();
  }

  /**
   * The text attributes of a group's header at the start of {@code metadata}, in their order, given
   * the objects of the heap that holds them all.
   *
   * @throws RuntimeException of some kind if this is not a header that {@link #bytes} wrote
   */
  static Map<String, String> texts(ByteBuffer metadata, List<byte[]> heap) {
    ByteBuffer header = metadata.slice().order(ByteOrder.LITTLE_ENDIAN);
    int end = PREFIX + header.getInt(PREFIX - Integer.BYTES);
    Map<String, String> texts = new LinkedHashMap<>();
    for (int at = PREFIX; at < end; ) {
      int type = header.get(at);
      int length = header.getShort(at + 1) & 0xffff;
      ByteBuffer body = header.slice(at + MESSAGE_HEADER, length).order(ByteOrder.LITTLE_ENDIAN);
      if (type == ATTRIBUTE && body.getShort(4) == Datatype.TEXT.message().length) {
        byte[] key = new byte[(body.getShort(2) & 0xffff) - 1];
        body.get(9, key);
        int number = body.getInt(length - Integer.BYTES);
        texts.put(text(key), number == 0 ? "" : text(heap.get(number - 1)));
      }
      at += MESSAGE_HEADER + length;
    }
    return texts;
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static byte[] dataspace(long... shape) {
    // Version 2, rank, no flags, scalar or simple.
    ByteBuffer space = little(4 + Long.BYTES * shape.length);
    space
        .put((byte) 2)
        .put((byte) shape.length)
        .put((byte) 0)
        .put((byte) (shape.length == 0 ? 0 : 1));
    for (long side : shape) {
      space.putLong(side);
    }
    return space.array();
  }

  private void add(int type, ByteBuffer body) {
    byte[] bytes = body.array();
    if (bytes.length > 0xffff) {
      throw new IllegalArgumentException(
          "a message of " + bytes.length + " bytes in an object header");
    }
    ByteBuffer prefix = little(MESSAGE_HEADER);
    prefix.put((byte) type).putShort((short) bytes.length).put((byte) 0);
    messages.writeBytes(prefix.array());
    messages.writeBytes(bytes);
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
