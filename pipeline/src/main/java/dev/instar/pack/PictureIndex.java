package dev.instar.pack;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds a collection's records by the file names of a specimen table: by the last component of the
 * name where only one record has it, else by part and name. About 45 bytes a record. Immutable.
 */
public final class PictureIndex {
  /** What {@link #find} answers where there is no record. */
  public static final int NONE = -1;

  private static final int SEVERAL = -2;

  private final NameTable files = new NameTable();
  private int[] recordOf = new int[16];
  private final Map<String, Integer> repeated = new HashMap<>();

  private PictureIndex() {}

  /** The records of a source. */
  public static PictureIndex of(ImageSource source) {
    PictureIndex index = new PictureIndex();
    for (int record = 0; record < source.size(); record++) {
      index.add(source, record);
    }
    return index;
  }

  private void add(ImageSource source, int record) {
    String file = fileName(source.name(record));
    int number = files.add(file);
    if (number == NameTable.NONE) {
      int known = files.find(file);
      if (recordOf[known] != SEVERAL) {
        putRepeated(source, recordOf[known]);
        recordOf[known] = SEVERAL;
      }
      putRepeated(source, record);
      return;
    }
    if (number == recordOf.length) {
      recordOf = Arrays.copyOf(recordOf, number * 2);
    }
    recordOf[number] = record;
  }

  private void putRepeated(ImageSource source, int record) {
    repeated.putIfAbsent(source.name(record), record);
    repeated.putIfAbsent(inPart(source.part(record), source.name(record)), record);
  }

  /**
   * The record of a row.
   *
   * @param part the number of its part, 0 where the table does not say
   */
  public int find(String name, int part) {
    int number = files.find(fileName(name));
    if (number == NameTable.NONE) {
      return NONE;
    }
    if (recordOf[number] != SEVERAL) {
      return recordOf[number];
    }
    Integer inPart = repeated.get(inPart(part, name));
    return inPart != null ? inPart : repeated.getOrDefault(name, NONE);
  }

  private static String inPart(int part, String name) {
    return "part" + part + "/" + name;
  }

  /** The last component of a name. */
  public static String fileName(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
