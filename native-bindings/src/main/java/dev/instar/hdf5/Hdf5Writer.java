package dev.instar.hdf5;

import static dev.instar.hdf5.Hdf5Library.LOCK;
import static dev.instar.hdf5.Hdf5Library.check;
import static dev.instar.hdf5.Hdf5Library.handle;
import static dev.instar.hdf5.Hdf5Library.text;
import static org.bytedeco.hdf5.global.hdf5.*;

import dev.instar.hdf5.Hdf5Library.Handle;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * A new HDF5 file being written by the HDF5 C library, in the oldest format that holds its content,
 * without time stamps.
 *
 * <p>Paths start with {@code /} and their groups must exist. Thread-safe: each call takes the
 * library's one lock. Whoever creates it closes it; the file is whole only after {@link #close},
 * which does not sync it to disk.
 */
public final class Hdf5Writer implements AutoCloseable {
  private static final int DEFAULT = 0;

  private final Path path;
  private final Handle file;
  private final Handle properties;
  private String lastGroupPath = "";
  private Handle lastGroup;
  private boolean closed;

  private Hdf5Writer(Path path, Handle file, Handle properties) {
    this.path = path;
    this.file = file;
    this.properties = properties;
  }

  /**
   * Starts a new file.
   *
   * @throws Hdf5Exception if it exists already or cannot be made
   */
  @SuppressWarnings("try")
  public static Hdf5Writer create(Path path) throws Hdf5Exception {
    synchronized (LOCK) {
      try (PointerScope scope = new PointerScope();
          Handle rootProperties = untimed(path, H5P_CLS_FILE_CREATE_ID_g());
          Handle access =
              handle(path, "create", H5Pcreate(H5P_CLS_FILE_ACCESS_ID_g()), hdf5::H5Pclose)) {
        Handle properties = untimed(path, H5P_CLS_DATASET_CREATE_ID_g());
        boolean success = false;
        try {
          // Every element is written, so filling the space first would only write it twice.
          check(path, "create", H5Pset_fill_time(properties.id(), H5D_FILL_TIME_NEVER));
          // The format of 1.8 puts a checksum on every structure, and is a fifth smaller for many
          // small datasets.
          int bounds = H5Pset_libver_bounds(access.id(), H5F_LIBVER_V18, H5F_LIBVER_V110);
          check(path, "create", bounds);
          // A write fails where it is made, not when its dataset is closed, which would stay open
          // then.
          check(path, "create", H5Pset_sieve_buf_size(access.id(), 0));
          check(path, "create", H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG));
          long id =
              H5Fcreate(text(path.toString()), H5F_ACC_EXCL, rootProperties.id(), access.id());
          check(path, "create", (int) Math.min(id, 0));
          Handle file = new Handle(path, "complete", id, hdf5::H5Fclose);
          success = true;
          return new Hdf5Writer(path, file, properties);
        } finally {
          if (!success) {
            properties.close();
          }
        }
      }
    }
  }

  private static Handle untimed(Path path, long propertyClass) throws Hdf5Exception {
    Handle properties = handle(path, "create", H5Pcreate(propertyClass), hdf5::H5Pclose);
    check(path, "create", H5Pset_obj_track_times(properties.id(), false));
    return properties;
  }

  /** Makes a group. */
  @SuppressWarnings("try")
  public void createGroup(String path) throws Hdf5Exception {
    synchronized (LOCK) {
      checkOpen();
      String operation = "create group " + path;
      try (PointerScope scope = new PointerScope();
          Handle untimed = untimed(this.path, H5P_CLS_GROUP_CREATE_ID_g())) {
        long id = H5Gcreate2(file.id(), text(path), DEFAULT, untimed.id(), DEFAULT);
        handle(this.path, operation, id, hdf5::H5Gclose).close();
      }
    }
  }

  /** Writes a one-dimensional dataset of unsigned bytes. */
  public void writeColumn(String path, byte[] values) throws Hdf5Exception {
    column(path, H5T_STD_U8LE_g(), values.length, 1, memory -> memory.put(values));
  }

  /** Writes a one-dimensional dataset of signed 16-bit integers. */
  public void writeColumn(String path, short[] values) throws Hdf5Exception {
    column(path, H5T_STD_I16LE_g(), values.length, 2, memory -> memory.asShortBuffer().put(values));
  }

  /** Writes a one-dimensional dataset of signed 32-bit integers. */
  public void writeColumn(String path, int[] values) throws Hdf5Exception {
    column(path, H5T_STD_I32LE_g(), values.length, 4, memory -> memory.asIntBuffer().put(values));
  }

  /** Writes a one-dimensional dataset of signed 64-bit integers. */
  public void writeColumn(String path, long[] values) throws Hdf5Exception {
    column(path, H5T_STD_I64LE_g(), values.length, 8, memory -> memory.asLongBuffer().put(values));
  }

  /** Writes a one-dimensional dataset of 32-bit floating-point numbers. */
  public void writeColumn(String path, float[] values) throws Hdf5Exception {
    column(
        path, H5T_IEEE_F32LE_g(), values.length, 4, memory -> memory.asFloatBuffer().put(values));
  }

  /** Writes a one-dimensional dataset of 64-bit floating-point numbers. */
  public void writeColumn(String path, double[] values) throws Hdf5Exception {
    column(
        path, H5T_IEEE_F64LE_g(), values.length, 8, memory -> memory.asDoubleBuffer().put(values));
  }

  /**
   * Writes a one-dimensional dataset of text: UTF-8, all as wide as the longest, padded with NULs.
   */
  public void writeColumn(String path, String[] values) throws Hdf5Exception {
    byte[][] encoded = new byte[values.length][];
    int width = 1;
    for (int i = 0; i < values.length; i++) {
      encoded[i] = utf8(values[i]);
      width = Math.max(width, encoded[i].length);
    }
    byte[] cells = new byte[Math.multiplyExact(width, values.length)];
    for (int i = 0; i < encoded.length; i++) {
      System.arraycopy(encoded[i], 0, cells, i * width, encoded[i].length);
    }
    synchronized (LOCK) {
      try (Handle type = textType(width)) {
        column(path, type.id(), values.length, width, memory -> memory.put(cells));
      }
    }
  }

  /**
   * Writes a one-dimensional dataset of unsigned bytes, in one piece, with attributes.
   *
   * @param name anything but {@code .} and names that hold {@code /}
   * @param attributes values as {@link #writeAttribute} takes them
   */
  public void writeBytes(String group, String name, Bytes content, Map<String, ?> attributes)
      throws Hdf5Exception {
    if (name.isEmpty() || name.equals(".") || name.indexOf('/') >= 0) {
      throw new IllegalArgumentException("\"" + name + "\" names no dataset");
    }
    synchronized (LOCK) {
      long parent = group(group);
      try (Handle dataset =
          dataset(parent, name, H5T_STD_U8LE_g(), properties.id(), content.size(), content)) {
        for (Map.Entry<String, ?> attribute : attributes.entrySet()) {
          attribute(dataset.id(), attribute.getKey(), attribute.getValue());
        }
      }
    }
  }

  /** Whether the group has a link of this name. */
  @SuppressWarnings("try")
  public boolean contains(String group, String name) throws Hdf5Exception {
    synchronized (LOCK) {
      try (PointerScope scope = new PointerScope()) {
        int found = H5Lexists(group(group), text(name), DEFAULT);
        check(path, "look up " + name, found);
        return found > 0;
      }
    }
  }

  /**
   * Writes a one-dimensional virtual dataset of unsigned bytes: the parts' bytes one after another.
   *
   * <p>A file name that is not absolute is looked for beside the virtual file, by {@link Hdf5File},
   * by h5py and by the HDF5 tools alike. The other files are not opened here; where one is missing
   * when it is read, the library fills in zeros and {@link Hdf5File} refuses.
   */
  @SuppressWarnings("try")
  public void writeVirtual(String path, List<VirtualPart> parts) throws Hdf5Exception {
    long total = parts.stream().mapToLong(VirtualPart::length).reduce(0, Math::addExact);
    String operation = "write " + path;
    synchronized (LOCK) {
      checkOpen();
      try (PointerScope scope = new PointerScope();
          Handle virtual = untimed(this.path, H5P_CLS_DATASET_CREATE_ID_g());
          Handle space = space(operation, total)) {
        long start = 0;
        for (VirtualPart part : parts) {
          try (Handle source = space(operation, part.start() + part.length());
              PointerScope names = new PointerScope()) {
            select(operation, source, part.start(), part.length());
            select(operation, space, start, part.length());
            check(
                this.path,
                operation,
                H5Pset_virtual(
                    virtual.id(),
                    space.id(),
                    text(part.file()),
                    text(part.dataset()),
                    source.id()));
          }
          start += part.length();
        }
        check(this.path, operation, H5Sselect_all(space.id()));
        long id =
            H5Dcreate2(
                file.id(),
                text(path),
                H5T_STD_U8LE_g(),
                space.id(),
                DEFAULT,
                virtual.id(),
                DEFAULT);
        handle(this.path, operation, id, hdf5::H5Dclose).close();
      }
    }
  }

  private void select(String operation, Handle space, long start, long length)
      throws Hdf5Exception {
    int status =
        H5Sselect_hyperslab(
            space.id(), H5S_SELECT_SET, new long[] {start}, new long[] {1}, new long[] {1}, length);
    check(path, operation, status);
  }

  /**
   * Gives a group or dataset an attribute.
   *
   * @param value a String (stored as UTF-8 of any length), an Integer or Long, a Double, a {@code
   *     long[]} or a {@code double[]}
   */
  @SuppressWarnings("try")
  public void writeAttribute(String path, String name, Object value) throws Hdf5Exception {
    synchronized (LOCK) {
      checkOpen();
      try (PointerScope scope = new PointerScope();
          Handle object =
              handle(
                  this.path,
                  "open " + path,
                  H5Oopen(file.id(), text(path), DEFAULT),
                  hdf5::H5Oclose)) {
        attribute(object.id(), name, value);
      }
    }
  }

  private void attribute(long object, String name, Object value) throws Hdf5Exception {
    if (value instanceof String string) {
      textAttribute(object, name, string);
    } else if (value instanceof Integer || value instanceof Long) {
      long number = ((Number) value).longValue();
      attribute(object, name, H5T_STD_I64LE_g(), -1, memory -> memory.putLong(number));
    } else if (value instanceof Double number) {
      attribute(object, name, H5T_IEEE_F64LE_g(), -1, memory -> memory.putDouble(number));
    } else if (value instanceof long[] numbers) {
      attribute(
          object,
          name,
          H5T_STD_I64LE_g(),
          numbers.length,
          memory -> memory.asLongBuffer().put(numbers));
    } else if (value instanceof double[] numbers) {
      attribute(
          object,
          name,
          H5T_IEEE_F64LE_g(),
          numbers.length,
          memory -> memory.asDoubleBuffer().put(numbers));
    } else {
      throw new IllegalArgumentException(
          "attribute " + name + " of the type " + value.getClass().getSimpleName());
    }
  }

  /** Writes numbers of eight bytes; {@code count} -1 makes a scalar. */
  private void attribute(
      long object, String name, long type, int count, Consumer<ByteBuffer> content)
      throws Hdf5Exception {
    try (NativeBuffer memory = NativeBuffer.allocate(Math.max(1, count) * Long.BYTES)) {
      content.accept(memory.asByteBuffer());
      writeAttribute(object, name, type, count, memory.address());
    }
  }

  @SuppressWarnings("try")
  private void textAttribute(long object, String name, String value) throws Hdf5Exception {
    try (PointerScope scope = new PointerScope();
        Handle type = textType(H5T_VARIABLE)) {
      BytePointer characters = text(value);
      try (NativeBuffer reference = NativeBuffer.allocate(Long.BYTES)) {
        reference.asByteBuffer().putLong(characters.address());
        writeAttribute(object, name, type.id(), -1, reference.address());
      }
    }
  }

  @SuppressWarnings("try")
  private void writeAttribute(long object, String name, long type, int count, long address)
      throws Hdf5Exception {
    String operation = "write attribute " + name;
    try (PointerScope scope = new PointerScope();
        Handle space = count < 0 ? scalar(operation) : space(operation, count);
        Handle attribute =
            handle(
                path,
                operation,
                H5Acreate2(object, text(name), type, space.id(), DEFAULT, DEFAULT),
                hdf5::H5Aclose)) {
      check(path, operation, H5Awrite(attribute.id(), type, new Address(address)));
    }
  }

  private void column(String path, long type, int count, int bytes, Consumer<ByteBuffer> content)
      throws Hdf5Exception {
    int size = Math.multiplyExact(count, bytes);
    try (NativeBuffer memory = NativeBuffer.allocate(size)) {
      content.accept(memory.asByteBuffer());
      synchronized (LOCK) {
        checkOpen();
        dataset(file.id(), path, type, properties.id(), count, memory.bytes(0, size)).close();
      }
    }
  }

  @SuppressWarnings("try")
  private Handle dataset(
      long parent, String name, long type, long creation, long count, Bytes content)
      throws Hdf5Exception {
    String operation = "write " + name;
    try (PointerScope scope = new PointerScope();
        Handle space = space(operation, count)) {
      long id = H5Dcreate2(parent, text(name), type, space.id(), DEFAULT, creation, DEFAULT);
      Handle dataset = handle(path, operation, id, hdf5::H5Dclose);
      boolean success = false;
      try {
        if (count > 0) {
          int status =
              H5Dwrite(id, type, H5S_ALL, H5S_ALL, DEFAULT, new Address(content.address()));
          check(path, operation, status);
        }
        success = true;
        return dataset;
      } finally {
        if (!success) {
          dataset.close();
        }
      }
    }
  }

  private Handle space(String operation, long count) throws Hdf5Exception {
    long id = H5Screate_simple(1, new long[] {count}, new long[] {count});
    return handle(path, operation, id, hdf5::H5Sclose);
  }

  private Handle scalar(String operation) throws Hdf5Exception {
    return handle(path, operation, H5Screate(H5S_SCALAR), hdf5::H5Sclose);
  }

  private Handle textType(long bytes) throws Hdf5Exception {
    Handle type = handle(path, "make a text type", H5Tcopy(H5T_C_S1_g()), hdf5::H5Tclose);
    check(path, "make a text type", H5Tset_size(type.id(), bytes));
    check(path, "make a text type", H5Tset_strpad(type.id(), H5T_STR_NULLPAD));
    check(path, "make a text type", H5Tset_cset(type.id(), H5T_CSET_UTF8));
    return type;
  }

  /**
   * The identifier of a group that stays open while records are written to it one after another.
   */
  @SuppressWarnings("try")
  private long group(String group) throws Hdf5Exception {
    checkOpen();
    if (lastGroup == null || !lastGroupPath.equals(group)) {
      closeGroup();
      try (PointerScope scope = new PointerScope()) {
        long id = H5Gopen2(file.id(), text(group), DEFAULT);
        lastGroup = handle(path, "open group " + group, id, hdf5::H5Gclose);
        lastGroupPath = group;
      }
    }
    return lastGroup.id();
  }

  private void closeGroup() throws Hdf5Exception {
    Handle group = lastGroup;
    lastGroup = null;
    if (group != null) {
      group.close();
    }
  }

  private static byte[] utf8(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a text with a NUL inside");
    }
    return value.getBytes(StandardCharsets.UTF_8);
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException(path + " is closed");
    }
  }

  /**
   * Writes what the library still holds and closes the file.
   *
   * @throws Hdf5Exception if that fails, as on a full disk: the file is then unusable
   */
  @Override
  @SuppressWarnings("try")
  public void close() throws Hdf5Exception {
    synchronized (LOCK) {
      if (closed) {
        return;
      }
      closed = true;
      try (Handle creation = properties) {
        closeGroup();
      } finally {
        closeFile();
      }
    }
  }

  /**
   * Closes the file; where that fails, gives its disk space back, so that the library can let go of
   * what nobody can use.
   */
  private void closeFile() throws Hdf5Exception {
    try {
      file.close();
    } catch (Hdf5Exception e) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.truncate(0);
        file.close();
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  /** Memory that is not JavaCPP's to free. */
  private static final class Address extends Pointer {
    Address(long address) {
      this.address = address;
    }
  }
}
