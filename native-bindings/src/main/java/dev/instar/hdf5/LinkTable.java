package dev.instar.hdf5;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/**
 * The links of one group in the order of their name bytes, held in about 15 bytes a link beside the
 * names. Immutable once built; then safe for any number of threads.
 */
final class LinkTable extends AbstractList<Link> implements RandomAccess {
  private static final Link.Kind[] KINDS = Link.Kind.values();
  private static final int LONGEST_NAME = 65_535;

  private final FileImage file;
  private byte[] names = new byte[256];
  private int[] ends = new int[16];
  private long[] targets = new long[16];
  private byte[] kinds = new byte[16];
  private int size;

  LinkTable(FileImage file) {
    this.file = file;
  }

  void add(byte[] name, Link.Kind kind, long target) throws Hdf5Exception {
    int start = end(size);
    // The names of a sound file lie in it side by side: more bytes of names than of file are a
    // trick.
    if (name.length > LONGEST_NAME || (long) start + name.length > nameLimit()) {
      throw file.damaged("a link name is too long, or the same names repeat");
    }
    if (size == ends.length) {
      int grown = Math.addExact(size, (size >> 1) + 1);
      ends = Arrays.copyOf(ends, grown);
      targets = Arrays.copyOf(targets, grown);
      kinds = Arrays.copyOf(kinds, grown);
    }
    if (start + name.length > names.length) {
      names =
          Arrays.copyOf(
              names, (int) Math.min(Integer.MAX_VALUE - 8L, (start + name.length) * 3L / 2));
    }
    System.arraycopy(name, 0, names, start, name.length);
    ends[size] = start + name.length;
    targets[size] = target;
    kinds[size] = (byte) kind.ordinal();
    size++;
  }

  private long nameLimit() {
    return Math.min(file.end(), Integer.MAX_VALUE - 8);
  }

  /** The same links in the order of their bytes, with no room to spare. */
  LinkTable sorted() throws Hdf5Exception {
    Integer[] order = new Integer[size];
    boolean inOrder = true;
    for (int i = 0; i < size; i++) {
      order[i] = i;
      inOrder &= i == 0 || compare(i - 1, i) <= 0;
    }
    if (!inOrder) {
      Arrays.sort(order, this::compare);
    }
    LinkTable table = new LinkTable(file);
    table.names = new byte[end(size)];
    table.ends = new int[size];
    table.targets = new long[size];
    table.kinds = new byte[size];
    for (int i : order) {
      table.add(Arrays.copyOfRange(names, end(i), ends[i]), KINDS[kinds[i]], targets[i]);
    }
    return table;
  }

  /** The link of this name; null where there is none. */
  Link find(String name) {
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order =
          Arrays.compareUnsigned(names, end(middle), ends[middle], wanted, 0, wanted.length);
      if (order == 0) {
        return get(middle);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  @Override
  public Link get(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("link " + index + " of " + size);
    }
    int start = end(index);
    String name = new String(names, start, ends[index] - start, StandardCharsets.UTF_8);
    return new Link(name, KINDS[kinds[index]], targets[index]);
  }

  @Override
  public int size() {
    return size;
  }

  private int compare(int a, int b) {
    return Arrays.compareUnsigned(names, end(a), ends[a], names, end(b), ends[b]);
  }

  private int end(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }
}
