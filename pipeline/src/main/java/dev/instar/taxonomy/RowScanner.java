package dev.instar.taxonomy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the fields of one row at a time, eight bytes a step. Not thread-safe.
 *
 * <p>In a quoting dialect every quote opens or closes a quoted stretch, and separators and line
 * ends inside one are text. Whether the quotes stand where RFC 4180 wants them is for {@link
 * Quotes} to say.
 */
final class RowScanner {
  /** Bytes after the data that must be zero, since words are read whole. */
  static final int PADDING = 8;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
  private static final long HIGH_BITS = ~LOW_BITS;
  private static final long LINE_FEEDS = everyByte((byte) '\n');
  private static final long SPACES = everyByte((byte) ' ');
  private static final long QUOTES = everyByte((byte) '"');

  private final long separators;
  private final boolean quoting;
  private final int[] ends;
  private int fields;
  private boolean nonAscii;
  private boolean quoted;
  private boolean unclosed;

  /**
   * A scanner for rows of {@code expected} fields.
   *
   * <p>Rows with more are counted, their further fields are not located.
   */
  RowScanner(Dialect dialect, int expected) {
    separators = everyByte(dialect.separator());
    quoting = dialect.quoting();
    ends = new int[expected];
  }

  /**
   * Scans the row that starts at {@code from}.
   *
   * @param limit the end of the data; {@link #PADDING} zero bytes follow it
   * @param last whether the file ends at {@code limit}
   * @return the index of the row's line feed, {@code limit} where the file ends without one, or -1
   *     if the row goes on beyond
   */
  int scan(byte[] data, int from, int limit, boolean last) {
    unclosed = false;
    quoted = false;
    int end = quoting ? scanQuoting(data, from, limit) : scanPlain(data, from, limit);
    if (end < 0 && last) {
      endField(limit);
      return limit;
    }
    return end;
  }

  private int scanPlain(byte[] data, int from, int limit) {
    int found = 0;
    long seen = 0;
    int[] into = ends;
    for (int i = from; i < limit; i += Long.BYTES) {
      long word = (long) WORD.get(data, i);
      seen |= word;
      // Tabs and line feeds are below a space; most words have nothing below it.
      if ((word - SPACES & ~word & HIGH_BITS) == 0) {
        continue;
      }
      long hits = matches(word, separators) | matches(word, LINE_FEEDS);
      while (hits != 0) {
        int at = i + (Long.numberOfTrailingZeros(hits) >>> 3);
        hits &= hits - 1;
        if (found < into.length) {
          into[found] = at;
        }
        found++;
        if (data[at] == '\n') {
          fields = found;
          nonAscii = (seen & HIGH_BITS) != 0;
          return at;
        }
      }
    }
    fields = found;
    nonAscii = (seen & HIGH_BITS) != 0;
    return -1;
  }

  private int scanQuoting(byte[] data, int from, int limit) {
    fields = 0;
    long seen = 0;
    boolean inside = false;
    for (int i = from; i < limit; i += Long.BYTES) {
      long word = (long) WORD.get(data, i);
      seen |= word;
      long hits = matches(word, separators) | matches(word, LINE_FEEDS) | matches(word, QUOTES);
      while (hits != 0) {
        int at = i + (Long.numberOfTrailingZeros(hits) >>> 3);
        hits &= hits - 1;
        byte hit = data[at];
        if (hit == '"') {
          inside = !inside;
          quoted = true;
        } else if (!inside) {
          endField(at);
          if (hit == '\n') {
            nonAscii = (seen & HIGH_BITS) != 0;
            return at;
          }
        }
      }
    }
    nonAscii = (seen & HIGH_BITS) != 0;
    unclosed = inside;
    return -1;
  }

  private void endField(int at) {
    if (fields < ends.length) {
      ends[fields] = at;
    }
    fields++;
  }

  /** The fields of the row, also those beyond the expected ones. */
  int fields() {
    return fields;
  }

  /** The index after field {@code field}: that of the separator or line feed behind it. */
  int end(int field) {
    return ends[field];
  }

  /** Whether bytes above 127 may be in the row. */
  boolean nonAscii() {
    return nonAscii;
  }

  /** Whether quotes were met. */
  boolean quoted() {
    return quoted;
  }

  /** Whether the file ended inside a quoted stretch. */
  boolean unclosed() {
    return unclosed;
  }

  /** The number of bytes in {@code data[from, to)} that equal {@code wanted}. */
  static long count(byte[] data, int from, int to, byte wanted) {
    long pattern = everyByte(wanted);
    long count = 0;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      count += Long.bitCount(matches((long) WORD.get(data, i), pattern));
    }
    for (; i < to; i++) {
      count += data[i] == wanted ? 1 : 0;
    }
    return count;
  }

  static long everyByte(byte value) {
    return (value & 0xffL) * 0x0101010101010101L;
  }

  /**
   * The high bit of each byte of {@code word} that equals the pattern's; exact, without carries
   * between bytes.
   */
  static long matches(long word, long pattern) {
    long difference = word ^ pattern;
    return ~(((difference & LOW_BITS) + LOW_BITS) | difference | LOW_BITS);
  }

  /** Eight bytes from {@code at}, the first in the lowest bits. */
  static long word(byte[] data, int at) {
    return (long) WORD.get(data, at);
  }
}
