package dev.instar.hdf5;

import dev.instar.memory.Bytes;
import dev.instar.memory.MappedFile;
import dev.instar.memory.NativeBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One dataset of an open {@link Hdf5File}. It owns nothing, so there is nothing to close; it is
 * usable until its file is closed.
 *
 * <p>Elements are counted in row-major order. Whatever is read is first compared with what is
 * declared and with what is there, before memory is taken for it. Immutable; safe for any number of
 * threads.
 */
public final class Hdf5Dataset {
  /** The most bytes that one call reads. */
  public static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private static final int DEEPEST_VIRTUAL = 8;

  private final Hdf5File file;
  private final String name;
  private final ObjectHeader header;
  private final ElementType type;
  private final Dataspace space;
  private final Storage storage;

  private Hdf5Dataset(
      Hdf5File file,
      String name,
      ObjectHeader header,
      ElementType type,
      Dataspace space,
      Storage storage) {
    this.file = file;
    this.name = name;
    this.header = header;
    this.type = type;
    this.space = space;
    this.storage = storage;
  }

  static Hdf5Dataset read(Hdf5File file, String name, ObjectHeader header) throws Hdf5Exception {
    if (!header.has(ObjectHeader.LAYOUT)) {
      String kind = GroupLinks.isGroup(header) ? "a group" : "neither group nor dataset";
      throw new Hdf5Exception(file.path(), name + " is " + kind + ", not a dataset");
    }
    ElementType type = ElementType.read(header.require(ObjectHeader.DATATYPE, "element type"));
    Dataspace space = Dataspace.read(header.require(ObjectHeader.DATASPACE, "extent"));
    return new Hdf5Dataset(file, name, header, type, space, Layout.read(header, type, space));
  }

  /** The name of the link that led here. */
  public String name() {
    return name;
  }

  /** What its elements are. */
  public ElementType type() {
    return type;
  }

  /** Its sides in elements; empty for a scalar and for a null dataset. */
  public long[] shape() {
    return space.shape().clone();
  }

  /** Whether it was made without any element, not even a scalar. */
  public boolean isNull() {
    return space.isNull();
  }

  /** The number of elements; {@link Long#MAX_VALUE} where it is declared larger. */
  public long count() {
    return space.count();
  }

  /** The declared size of all elements in bytes; {@link Long#MAX_VALUE} where it is larger. */
  public long byteSize() {
    long count = count();
    return count > Long.MAX_VALUE / type.bytes() ? Long.MAX_VALUE : count * type.bytes();
  }

  /** Where its bytes lie. */
  public Storage storage() {
    return storage;
  }

  /** Its attributes, as {@link Hdf5File#attributes}. */
  public Map<String, Object> attributes() throws Hdf5Exception {
    return Attributes.read(header);
  }

  /**
   * All elements as they lie in the mapped file, not copied; empty where they do not lie there in
   * one plain piece of at most 1 GiB.
   *
   * @throws Hdf5Exception if fewer bytes are stored than are declared
   */
  public Optional<Bytes> mapped() throws Hdf5Exception {
    if (variable() || byteSize() > MappedFile.LONGEST_VIEW || byteSize() == 0) {
      return Optional.empty();
    }
    if (storage instanceof Storage.Contiguous || storage instanceof Storage.Compact) {
      return Optional.of(plain(0, (int) byteSize()));
    }
    return Optional.empty();
  }

  /**
   * All bytes of all elements as stored; of a variable-length scalar, the bytes of its value.
   *
   * @throws Hdf5Exception if they are more than {@link #MOST_BYTES}, not there, or damaged
   */
  public byte[] readBytes() throws IOException {
    if (variable()) {
      if (count() != 1) {
        throw refusal("holds " + count() + " variable-length values, not one");
      }
      Bytes reference = Bytes.copyOf(readBytes(0, 1));
      return Elements.rawElement(file.image(), type, new Cursor(file.image(), 0, reference));
    }
    return readBytes(0, declared(count()));
  }

  /** The bytes of {@code count} elements from {@code first} on. */
  public byte[] readBytes(long first, int count) throws IOException {
    byte[] bytes = new byte[checkedSize(first, count)];
    read(first, count, ByteBuffer.wrap(bytes), 0);
    return bytes;
  }

  /**
   * Reads {@code count} elements from {@code first} on as stored, into the start of {@code into},
   * which grows as needed.
   */
  public Bytes readInto(long first, int count, NativeBuffer into) throws IOException {
    int size = checkedSize(first, count);
    into.ensureCapacity(size);
    read(first, count, into.asByteBuffer(), 0);
    return into.bytes(0, size);
  }

  /** All elements as integers: of any integer type, unsigned ones of 8 bytes keep their bits. */
  public long[] readLongs() throws IOException {
    return readLongs(0, declared(count()));
  }

  /** {@code count} elements from {@code first} on as integers. */
  public long[] readLongs(long first, int count) throws IOException {
    byte[] data = numbers(ElementType.Kind.INTEGER, first, count);
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = Elements.integer(type, data, i * type.bytes());
    }
    return values;
  }

  /**
   * All elements as integers.
   *
   * @throws Hdf5Exception if one does not fit
   */
  public int[] readInts() throws IOException {
    return readInts(0, declared(count()));
  }

  /** {@code count} elements from {@code first} on as integers, each of which must fit. */
  public int[] readInts(long first, int count) throws IOException {
    byte[] data = numbers(ElementType.Kind.INTEGER, first, count);
    int[] values = new int[count];
    for (int i = 0; i < count; i++) {
      values[i] = (int) fitting(data, i, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    return values;
  }

  /**
   * All elements as integers.
   *
   * @throws Hdf5Exception if one does not fit
   */
  public short[] readShorts() throws IOException {
    int count = declared(count());
    byte[] data = numbers(ElementType.Kind.INTEGER, 0, count);
    short[] values = new short[count];
    for (int i = 0; i < count; i++) {
      values[i] = (short) fitting(data, i, Short.MIN_VALUE, Short.MAX_VALUE);
    }
    return values;
  }

  /** All elements of a floating-point type. */
  public double[] readDoubles() throws IOException {
    int count = declared(count());
    byte[] data = numbers(ElementType.Kind.FLOAT, 0, count);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = Elements.real(type, data, i * type.bytes());
    }
    return values;
  }

  /** All elements of a floating-point type, rounded where they are stored wider. */
  public float[] readFloats() throws IOException {
    double[] wide = readDoubles();
    float[] values = new float[wide.length];
    for (int i = 0; i < wide.length; i++) {
      values[i] = (float) wide[i];
    }
    return values;
  }

  /**
   * All elements of a string type, as UTF-8 up to the first NUL. Not for pictures: those are bytes.
   */
  public String[] readStrings() throws IOException {
    return readStrings(0, declared(count()));
  }

  /** {@code count} strings from {@code first} on. */
  public String[] readStrings(long first, int count) throws IOException {
    boolean fixed = type.kind() == ElementType.Kind.FIXED_STRING;
    if (!fixed && type.kind() != ElementType.Kind.VARIABLE_STRING) {
      throw refusal("holds " + type.kind() + " elements, no text");
    }
    byte[] data = readBytes(first, count);
    String[] values = new String[count];
    Cursor cursor = new Cursor(file.image(), 0, Bytes.copyOf(fixed ? new byte[0] : data));
    for (int i = 0; i < count; i++) {
      values[i] =
          fixed
              ? Elements.text(data, i * type.bytes(), type.bytes())
              : Elements.text(Elements.rawElement(file.image(), type, cursor));
    }
    return values;
  }

  private byte[] numbers(ElementType.Kind kind, long first, int count) throws IOException {
    if (type.kind() != kind) {
      throw refusal("holds " + type.kind() + " elements, not " + kind);
    }
    return readBytes(first, count);
  }

  private long fitting(byte[] data, int index, long least, long most) throws Hdf5Exception {
    long value = Elements.integer(type, data, index * type.bytes());
    if (value < least || value > most || type.bytes() == 8 && !type.signed() && value < 0) {
      throw refusal("element " + index + " does not fit the type it is read as");
    }
    return value;
  }

  private boolean variable() {
    return type.kind() == ElementType.Kind.SEQUENCE
        || type.kind() == ElementType.Kind.VARIABLE_STRING;
  }

  private int declared(long count) throws Hdf5Exception {
    if (byteSize() > MOST_BYTES) {
      throw refusal("declares " + count + " elements, too many to read at once");
    }
    return (int) count;
  }

  private int checkedSize(long first, int count) throws Hdf5Exception {
    if (first < 0 || count < 0 || first > count() - count) {
      throw new IndexOutOfBoundsException(
          name + ": " + count + " elements from " + first + " of " + count());
    }
    if ((long) count * type.bytes() > MOST_BYTES) {
      throw refusal("is asked for more than 2 GiB at once");
    }
    return count * type.bytes();
  }

  private Bytes plain(long from, int length) throws Hdf5Exception {
    long address;
    long there;
    if (storage instanceof Storage.Contiguous contiguous) {
      address = contiguous.address();
      there = contiguous.length();
    } else {
      Storage.Compact compact = (Storage.Compact) storage;
      address = compact.address();
      there = compact.length();
    }
    if (from + length > there) {
      throw refusal("declares " + byteSize() + " bytes, " + there + " are stored");
    }
    return file.image().bytes(address - file.image().base() + from, length);
  }

  private void read(long first, int count, ByteBuffer into, int depth) throws IOException {
    if (count == 0) {
      return;
    }
    int size = count * type.bytes();
    if (storage instanceof Storage.Contiguous || storage instanceof Storage.Compact) {
      if (size > MappedFile.LONGEST_VIEW) {
        int half = count / 2;
        read(first, half, into, depth);
        read(first + half, count - half, into, depth);
      } else {
        into.put(plain(first * type.bytes(), size).buffer());
      }
    } else if (storage instanceof Storage.Chunked chunked) {
      new ChunkReader(file.image(), chunked, space.shape(), type.bytes()).read(first, count, into);
    } else if (storage instanceof Storage.Virtual virtual) {
      readVirtual(virtual.parts(), first, count, into, depth);
    } else if (storage instanceof Storage.External) {
      throw refusal("lies in other files, which are not opened");
    } else {
      throw refusal("was never written");
    }
  }

  private void readVirtual(
      List<VirtualPart> parts, long first, int count, ByteBuffer into, int depth)
      throws IOException {
    if (space.shape().length != 1 || depth == DEEPEST_VIRTUAL) {
      throw refusal("is a virtual dataset of a kind that is not read");
    }
    long partStart = 0;
    long left = count;
    for (VirtualPart part : parts) {
      long skip = Math.max(0, first - partStart);
      partStart += part.length();
      if (left == 0 || skip >= part.length()) {
        continue;
      }
      int taken = (int) Math.min(left, part.length() - skip);
      Hdf5Dataset source = file.sibling(part.file()).datasetAt(part.dataset());
      if (!source.type.equals(type)) {
        throw refusal("and its part in " + part.file() + " have different types");
      }
      source.checkedSize(part.start() + skip, taken);
      source.read(part.start() + skip, taken, into, depth + 1);
      left -= taken;
    }
    if (left > 0) {
      throw refusal("has no source for some of its elements");
    }
  }

  private Hdf5Exception refusal(String problem) {
    return new Hdf5Exception(file.path(), name + " " + problem);
  }
}
