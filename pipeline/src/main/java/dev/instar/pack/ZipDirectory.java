package dev.instar.pack;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The central directory of a zip file (PKWARE APPNOTE 6.3.10, sections 4.3.12 to 4.3.16), its
 * pictures only: about 32 bytes an entry beside its name.
 *
 * <p>Immutable once read; any number of threads may ask.
 */
final class ZipDirectory {
  static final int STORED = 0;
  static final int DEFLATED = 8;

  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int END64_LOCATOR = 0x07064b50;
  private static final int END64_LOCATOR_BYTES = 20;
  private static final int END64 = 0x06064b50;
  private static final int END64_BYTES = 56;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_BYTES = 46;
  private static final int LOCAL_BYTES = 30;
  private static final int ZIP64_EXTRA = 1;
  private static final long MASKED = 0xffffffffL;
  private static final int UTF8_FLAG = 0x800;
  private static final int WINDOW = 1 << 20;

  private final Path path;
  private final NameList names = new NameList();
  private long start;
  private long bytes;
  private long entries;
  private long[] offsets = new long[16];
  private long[] compressed = new long[16];
  private long[] sizes = new long[16];
  private int[] checksums = new int[16];
  private int[] kinds = new int[16];

  private ZipDirectory(Path path) {
    this.path = path;
  }

  /**
   * Reads and checks the directory.
   *
   * @throws InputException if it is not one, is cut short, has too many entries, or entries overlap
   */
  static ZipDirectory read(Path path, FileChannel channel, Limits limits) throws IOException {
    ZipDirectory directory = new ZipDirectory(path);
    directory.findDirectory(channel);
    if (directory.entries > limits.entries()) {
      throw directory.refused(
          "has " + directory.entries + " entries, at most " + limits.entries() + " are allowed");
    }
    directory.readEntries(channel);
    return directory;
  }

  private void findDirectory(FileChannel channel) throws IOException {
    long size = channel.size();
    int tailBytes = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
    long tailStart = size - tailBytes;
    ByteBuffer tail = PackIndex.readUpTo(channel, tailStart, tailBytes);
    int end = tail.limit() - END_BYTES;
    while (end >= 0 && !isEnd(tail, end)) {
      end--;
    }
    if (end < 0) {
      throw refused("is no zip file, or is cut short");
    }
    entries = tail.getShort(end + 10) & 0xffff;
    bytes = tail.getInt(end + 12) & MASKED;
    start = tail.getInt(end + 16) & MASKED;
    int disks = tail.getShort(end + 4) & 0xffff;
    long endAt = tailStart + end;
    boolean masked = entries == 0xffff || bytes == MASKED || start == MASKED || disks == 0xffff;
    if (masked && endAt >= END64_LOCATOR_BYTES) {
      endAt = findDirectory64(channel, endAt);
    } else if (disks != 0) {
      throw refused("is one of several volumes");
    }
    if (start < 0 || bytes < 0 || start > endAt || bytes > endAt - start) {
      throw refused("is damaged: its directory lies outside the file");
    }
    if (entries < 0 || entries > bytes / ENTRY_BYTES) {
      throw refused("is damaged: its directory is too small for " + entries + " entries");
    }
  }

  private static boolean isEnd(ByteBuffer tail, int at) {
    return tail.getInt(at) == END
        && (tail.getShort(at + 20) & 0xffff) == tail.limit() - at - END_BYTES;
  }

  /** Takes the 64-bit numbers if there are any; answers where the directory must end. */
  private long findDirectory64(FileChannel channel, long endAt) throws IOException {
    ByteBuffer locator =
        PackIndex.readUpTo(channel, endAt - END64_LOCATOR_BYTES, END64_LOCATOR_BYTES);
    if (locator.limit() < END64_LOCATOR_BYTES || locator.getInt(0) != END64_LOCATOR) {
      return endAt;
    }
    long at = locator.getLong(8);
    if (at < 0 || at > endAt - END64_LOCATOR_BYTES - END64_BYTES) {
      throw refused("is damaged: its 64-bit directory end lies outside the file");
    }
    ByteBuffer end64 = PackIndex.readUpTo(channel, at, END64_BYTES);
    if (end64.limit() < END64_BYTES || end64.getInt(0) != END64) {
      throw refused("is damaged: its 64-bit directory end is not where it should be");
    }
    if (end64.getInt(16) != 0 || end64.getInt(20) != 0) {
      throw refused("is one of several volumes");
    }
    entries = end64.getLong(32);
    bytes = end64.getLong(40);
    start = end64.getLong(48);
    return at;
  }

  private void readEntries(FileChannel channel) throws IOException {
    long[] starts = new long[(int) entries];
    long[] ends = new long[(int) entries];
    ByteBuffer window = ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
    long windowStart = start;
    long end = start + bytes;
    int at = 0;
    for (int i = 0; i < entries; i++) {
      if (window.limit() - at < Math.min(ENTRY_BYTES + 3 * 0xffff, end - windowStart - at)) {
        windowStart += at;
        at = 0;
        window =
            PackIndex.readUpTo(channel, windowStart, (int) Math.min(WINDOW, end - windowStart));
      }
      if (window.limit() - at < ENTRY_BYTES || window.getInt(at) != ENTRY) {
        throw refused("is damaged: entry " + i + " of its directory is not one");
      }
      int nameBytes = window.getShort(at + 28) & 0xffff;
      int extraBytes = window.getShort(at + 30) & 0xffff;
      int commentBytes = window.getShort(at + 32) & 0xffff;
      int length = ENTRY_BYTES + nameBytes + extraBytes + commentBytes;
      if (length > window.limit() - at) {
        throw refused("is damaged: entry " + i + " leaves its directory");
      }
      ByteBuffer entry = window.slice(at, length).order(ByteOrder.LITTLE_ENDIAN);
      Sizes64 wide = Sizes64.of(entry, ENTRY_BYTES + nameBytes, extraBytes);
      boolean inside =
          wide.compressed >= 0
              && wide.size >= 0
              && wide.offset >= 0
              && wide.offset <= start - LOCAL_BYTES
              && wide.compressed <= start - LOCAL_BYTES - wide.offset;
      if (!inside) {
        throw refused("is damaged: entry " + i + " lies outside the file");
      }
      starts[i] = wide.offset;
      ends[i] = wide.offset + LOCAL_BYTES + wide.compressed;
      add(entry, nameBytes, wide);
      at += length;
    }
    refuseOverlaps(starts, ends);
  }

  /** Stretches are apart from each other exactly if the sorted ends and starts alternate. */
  private void refuseOverlaps(long[] starts, long[] ends) throws InputException {
    Arrays.sort(starts);
    Arrays.sort(ends);
    for (int i = 1; i < starts.length; i++) {
      if (ends[i - 1] > starts[i]) {
        throw refused("has entries that overlap, as only damaged or malicious files do");
      }
    }
  }

  private void add(ByteBuffer entry, int nameBytes, Sizes64 wide) {
    int flags = entry.getShort(8) & 0xffff;
    byte[] raw = new byte[nameBytes];
    entry.get(ENTRY_BYTES, raw);
    String name = decode(raw, (flags & UTF8_FLAG) != 0);
    if (name.endsWith("/") || !PublishedPath.isPicture(name)) {
      return;
    }
    int index = names.size();
    names.add(name.getBytes(StandardCharsets.UTF_8));
    if (index == offsets.length) {
      int wider = index + (index >> 1);
      offsets = Arrays.copyOf(offsets, wider);
      compressed = Arrays.copyOf(compressed, wider);
      sizes = Arrays.copyOf(sizes, wider);
      checksums = Arrays.copyOf(checksums, wider);
      kinds = Arrays.copyOf(kinds, wider);
    }
    offsets[index] = wide.offset;
    compressed[index] = wide.compressed;
    sizes[index] = wide.size;
    checksums[index] = entry.getInt(16);
    kinds[index] = flags << 16 | (entry.getShort(10) & 0xffff);
  }

  /** UTF-8 where it is declared or valid, else the code page of MS-DOS. */
  private static String decode(byte[] raw, boolean declaredUtf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException e) {
      boolean known = !declaredUtf8 && Charset.isSupported("IBM437");
      // A replaced character keeps the entry in the list, where its name is refused or found odd.
      return new String(raw, known ? Charset.forName("IBM437") : StandardCharsets.UTF_8);
    }
  }

  /** Sizes and offset of an entry, from its zip64 extra field where they are masked. */
  private static final class Sizes64 {
    private long size;
    private long compressed;
    private long offset;

    static Sizes64 of(ByteBuffer entry, int extraStart, int extraBytes) {
      Sizes64 wide = new Sizes64();
      wide.compressed = entry.getInt(20) & MASKED;
      wide.size = entry.getInt(24) & MASKED;
      wide.offset = entry.getInt(42) & MASKED;
      int end = extraStart + extraBytes;
      for (int at = extraStart; at + 4 <= end; ) {
        int id = entry.getShort(at) & 0xffff;
        int length = Math.min(entry.getShort(at + 2) & 0xffff, end - at - 4);
        if (id == ZIP64_EXTRA) {
          ByteBuffer numbers = entry.slice(at + 4, length).order(ByteOrder.LITTLE_ENDIAN);
          wide.size = unmasked(wide.size, numbers);
          wide.compressed = unmasked(wide.compressed, numbers);
          wide.offset = unmasked(wide.offset, numbers);
        }
        at += 4 + length;
      }
      return wide;
    }

    private static long unmasked(long value, ByteBuffer numbers) {
      return value == MASKED && numbers.remaining() >= Long.BYTES ? numbers.getLong() : value;
    }
  }

  int size() {
    return names.size();
  }

  String name(int index) {
    return names.get(index);
  }

  /** Where the local header is. */
  long offset(int index) {
    return offsets[index];
  }

  /** Where the directory begins and all content ends. */
  long start() {
    return start;
  }

  /** Bytes as stored. */
  long compressed(int index) {
    return compressed[index];
  }

  /** Bytes as declared, unpacked. */
  long bytes(int index) {
    return sizes[index];
  }

  int crc32(int index) {
    return checksums[index];
  }

  int method(int index) {
    return kinds[index] & 0xffff;
  }

  boolean encrypted(int index) {
    return (kinds[index] >>> 16 & 1) != 0;
  }

  private InputException refused(String why) {
    return new InputException(Fault.UNREADABLE, path + " " + why);
  }
}
