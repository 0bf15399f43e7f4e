package dev.instar.pack;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * The columns of a pack's index, in the order in which they lie in the file: one dataset each, a
 * row a record.
 */
enum Column {
  NAME(1),
  OFFSET(1),
  LENGTH(1),
  CRC32C(1),
  PART(1),
  WIDTH(1),
  HEIGHT(1),
  ORIGINAL_WIDTH(1),
  ORIGINAL_HEIGHT(1),
  BOX(4),
  AREA_FRACTION(1),
  SCALE_FACTOR(1);

  private final int values;

  Column(int values) {
    this.values = values;
  }

  /** The name of the dataset. */
  String dataset() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type of its values. {@code nameBytes} is the length of the longest name. */
  Datatype type(int nameBytes) {
    return switch (this) {
      case NAME -> Datatype.fixedText(nameBytes);
      case OFFSET -> Datatype.U64;
      case BOX -> Datatype.I32;
      case AREA_FRACTION, SCALE_FACTOR -> Datatype.F64;
      default -> Datatype.U32;
    };
  }

  /** The shape of the dataset. */
  long[] shape(long rows) {
    return values == 1 ? new long[] {rows} : new long[] {rows, values};
  }

  /** Bytes of a row. */
  int rowBytes(int nameBytes) {
    return type(nameBytes).size() * values;
  }

  /** Writes a record's row. */
  void put(RecordTable table, int index, int nameBytes, ByteBuffer target) {
    switch (this) {
      case NAME -> {
        int next = target.position() + nameBytes;
        table.names().put(index, target);
        while (target.position() < next) {
          target.put((byte) 0);
        }
      }
      case OFFSET -> target.putLong(table.offset(index));
      case LENGTH -> target.putInt(table.length(index));
      case CRC32C -> target.putInt(table.crc32c(index));
      case PART, WIDTH, HEIGHT, ORIGINAL_WIDTH, ORIGINAL_HEIGHT ->
          target.putInt(table.geometry(index, ordinal() - PART.ordinal()));
      case BOX -> {
        for (int i = 5; i < 9; i++) {
          target.putInt(table.geometry(index, i));
        }
      }
      case AREA_FRACTION -> target.putDouble(table.record(index).areaFraction());
      case SCALE_FACTOR -> target.putDouble(table.record(index).scaleFactor());
    }
  }
}
