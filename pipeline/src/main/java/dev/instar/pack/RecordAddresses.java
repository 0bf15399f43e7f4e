package dev.instar.pack;

/**
 * Where the records of a pack are in memory, and how large. The pack's files stay mapped for as
 * long as this is reachable, even once the pack is closed, so whoever hands an address to native
 * code holds on to this meanwhile.
 *
 * <p>Nothing is allocated. Any number of threads may ask.
 */
public final class RecordAddresses {
  private final RecordTable table;
  private final MappedData.Addresses data;

  RecordAddresses(RecordTable table, MappedData.Addresses data) {
    this.table = table;
    this.data = data;
  }

  /** The address of a record's first byte; 0 where it has none. */
  public long address(int index) {
    int length = table.length(index);
    return length == 0 ? 0 : data.of(table.offset(index), length);
  }

  /** The length of a record's content, in bytes. */
  public int length(int index) {
    return table.length(index);
  }

  /** The width that the index states, in pixels. */
  public int width(int index) {
    return table.geometry(index, 1);
  }

  /** The height that the index states, in pixels. */
  public int height(int index) {
    return table.geometry(index, 2);
  }
}
