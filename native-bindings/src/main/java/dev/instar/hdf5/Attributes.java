package dev.instar.hdf5;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the attributes of an object: name to value (HDF5 File Format Specification 3.0, IV.A.2.m
 * and IV.A.2.v).
 */
final class Attributes {
  private static final int NAME_INDEX = 8;
  private static final int SHARED_TYPE = 1;
  private static final int SHARED_SPACE = 2;

  private Attributes() {}

  /** The text and numbers among the attributes, as {@link Hdf5File#attributes} promises. */
  static Map<String, Object> read(ObjectHeader header) throws Hdf5Exception {
    Map<String, Object> values = new TreeMap<>();
    for (ObjectHeader.Message message : header.messages()) {
      if (message.type() == ObjectHeader.ATTRIBUTE) {
        add(header.body(message), values);
      }
    }
    Optional<Cursor> dense = header.find(ObjectHeader.ATTRIBUTE_INFO);
    if (dense.isPresent()) {
      Cursor info = dense.get();
      info.expect(0, "the version of an attribute info message");
      info.skip((info.u8() & 1) != 0 ? 2 : 0);
      long heapAddress = info.offset();
      long index = info.offset();
      if (heapAddress != FileImage.UNDEFINED) {
        FractalHeap heap = new FractalHeap(info.file(), heapAddress);
        BTree.visit(info.file(), index, NAME_INDEX, record -> add(heap.object(record), values));
      }
    }
    return Map.copyOf(values);
  }

  private static void add(Cursor cursor, Map<String, Object> values) throws Hdf5Exception {
    int version = cursor.u8();
    if (version < 1 || version > 3) {
      throw cursor.file().damaged("an attribute of version " + version);
    }
    int flags = cursor.u8();
    int nameBytes = cursor.u16();
    int typeBytes = cursor.u16();
    int spaceBytes = cursor.u16();
    cursor.skip(version == 3 ? 1 : 0);
    byte[] name = part(cursor, nameBytes, version).array(nameBytes);
    Cursor typeBody = part(cursor, typeBytes, version);
    Cursor spaceBody = part(cursor, spaceBytes, version);
    boolean shared = version > 1;
    ElementType type =
        ElementType.read(
            shared && (flags & SHARED_TYPE) != 0
                ? ObjectHeader.shared(typeBody, ObjectHeader.DATATYPE)
                : typeBody);
    Dataspace space =
        Dataspace.read(
            shared && (flags & SHARED_SPACE) != 0
                ? ObjectHeader.shared(spaceBody, ObjectHeader.DATASPACE)
                : spaceBody);
    Object value = value(cursor, type, space);
    if (value != null) {
      values.put(Elements.text(name), value);
    }
  }

  /**
   * A scalar (also one in an array of one side of length 1 where it is text), or an array of
   * numbers; null for anything else.
   */
  private static Object value(Cursor cursor, ElementType type, Dataspace space)
      throws Hdf5Exception {
    boolean scalar = !space.isNull() && space.shape().length == 0;
    ElementType.Kind kind = type.kind();
    if (kind == ElementType.Kind.FIXED_STRING || kind == ElementType.Kind.VARIABLE_STRING) {
      return space.count() == 1
          ? Elements.text(Elements.rawElement(cursor.file(), type, cursor))
          : null;
    }
    boolean integer = kind == ElementType.Kind.INTEGER;
    if (!integer && kind != ElementType.Kind.FLOAT
        || space.count() > cursor.remaining() / type.bytes()) {
      return null;
    }
    int count = (int) space.count();
    byte[] data = cursor.array(count * type.bytes());
    if (integer) {
      long[] numbers = new long[count];
      Arrays.setAll(numbers, i -> Elements.integer(type, data, i * type.bytes()));
      return scalar ? (Object) numbers[0] : numbers;
    }
    double[] numbers = new double[count];
    Arrays.setAll(numbers, i -> Elements.real(type, data, i * type.bytes()));
    return scalar ? (Object) numbers[0] : numbers;
  }

  /** Version 1 pads each part to eight bytes. */
  private static Cursor part(Cursor cursor, int bytes, int version) throws Hdf5Exception {
    return cursor.sub(version == 1 ? (bytes + 7) / 8 * 8L : bytes);
  }
}
