package dev.instar.pack;

import dev.instar.image.Region;
import dev.instar.image.Size;
import java.util.Arrays;

/**
 * What a pack knows of its records, by column: about 90 bytes a record.
 *
 * <p>Not thread-safe while records are added; afterwards any number of threads may read.
 */
final class RecordTable {
  /** Ints of a record in {@link #geometry}: part, size, original size, box. */
  private static final int GEOMETRY = 9;

  private final NameTable names = new NameTable();
  private long[] offsets = new long[16];
  private int[] lengths = new int[16];
  private int[] checksums = new int[16];
  private int[] geometry = new int[16 * GEOMETRY];

  int size() {
    return names.size();
  }

  /**
   * Adds a record.
   *
   * @param name its name in UTF-8
   * @param offset of its content in {@code data}, in bytes
   * @param length of its content, in bytes
   * @param geometry part, width, height, original width, original height, box x, y, width, height
   * @return whether it was added; not if its name is there
   */
  boolean add(byte[] name, long offset, int length, int crc32c, int[] geometry) {
    int index = names.add(name);
    if (index == NameTable.NONE) {
      return false;
    }
    if (index == offsets.length) {
      int wider = (int) Math.min(Integer.MAX_VALUE / GEOMETRY, index * 3L / 2);
      offsets = Arrays.copyOf(offsets, wider);
      lengths = Arrays.copyOf(lengths, wider);
      checksums = Arrays.copyOf(checksums, wider);
      this.geometry = Arrays.copyOf(this.geometry, wider * GEOMETRY);
    }
    offsets[index] = offset;
    lengths[index] = length;
    checksums[index] = crc32c;
    System.arraycopy(geometry, 0, this.geometry, index * GEOMETRY, GEOMETRY);
    return true;
  }

  /** Adds a record whose geometry is known to be valid. */
  boolean add(byte[] name, long offset, int length, int crc32c, ImageRecord record) {
    return add(name, offset, length, crc32c, geometry(record));
  }

  static int[] geometry(ImageRecord record) {
    Region box = record.box();
    return new int[] {
      record.part(),
      record.size().width(),
      record.size().height(),
      record.original().width(),
      record.original().height(),
      box.x(),
      box.y(),
      box.width(),
      box.height()
    };
  }

  /** Whether the numbers can be those of a record. */
  static boolean valid(int[] g) {
    return g[0] >= 0 && g[1] > 0 && g[2] > 0 && g[3] > 0 && g[4] > 0 && g[7] >= 0 && g[8] >= 0;
  }

  NameTable names() {
    return names;
  }

  long offset(int index) {
    return offsets[index];
  }

  int length(int index) {
    return lengths[index];
  }

  int crc32c(int index) {
    return checksums[index];
  }

  /** One of the numbers that {@link #add} took. */
  int geometry(int index, int which) {
    return geometry[index * GEOMETRY + which];
  }

  int part(int index) {
    return geometry(index, 0);
  }

  Size imageSize(int index) {
    return new Size(geometry(index, 1), geometry(index, 2));
  }

  ImageRecord record(int index) {
    Region box =
        new Region(geometry(index, 5), geometry(index, 6), geometry(index, 7), geometry(index, 8));
    Size original = new Size(geometry(index, 3), geometry(index, 4));
    return new ImageRecord(names.get(index), part(index), imageSize(index), original, box);
  }
}
