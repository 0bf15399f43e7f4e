package dev.instar.pack;

/**
 * What input may ask for before it is refused.
 *
 * @param recordBytes the most bytes of one record, unpacked
 * @param entries the most entries of one folder, archive or list
 * @param inflation the most bytes that one compressed byte may become (above the first MiB of a
 *     record)
 */
public record Limits(int recordBytes, int entries, int inflation) {
  /** 512 MiB a record, 20 million entries, 200 times. */
  public static final Limits DEFAULT = new Limits(512 << 20, 20_000_000, 200);

  public Limits {
    if (recordBytes < 1 || entries < 1 || inflation < 1) {
      throw new IllegalArgumentException(
          "limits of " + recordBytes + " bytes, " + entries + " entries, " + inflation + " times");
    }
  }
}
