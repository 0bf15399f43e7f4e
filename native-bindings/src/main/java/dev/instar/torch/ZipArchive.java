package dev.instar.torch;

import dev.instar.image.InputException;
import dev.instar.memory.Bytes;
import dev.instar.memory.MappedFile;
import dev.instar.memory.NativeBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A mapped zip archive (PKWARE APPNOTE 6.3.10), read by its directory, with 64-bit sizes. Entries
 * that are stored as they are can be used in place; that is why this is not {@code
 * java.util.zip.ZipFile}, which does not say where they lie.
 */
final class ZipArchive {
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int END64_LOCATOR = 0x07064b50;
  private static final int END64_LOCATOR_BYTES = 20;
  private static final int END64 = 0x06064b50;
  private static final int END64_BYTES = 56;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_BYTES = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_BYTES = 30;
  private static final int WIDE_EXTRA = 1;
  private static final int ENCRYPTED = 1;
  private static final long MASKED = 0xffffffffL;
  private static final int MOST_ENTRIES = 200_000;

  private final MappedFile file;
  private final Refusal refusal;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** One entry, as the directory has it. */
  private record Entry(int flags, int method, int crc, long compressed, long size, long local) {}

  private ZipArchive(MappedFile file, Refusal refusal) {
    this.file = file;
    this.refusal = refusal;
  }

  static ZipArchive open(MappedFile file, Refusal refusal) throws InputException {
    ZipArchive archive = new ZipArchive(file, refusal);
    archive.readDirectory();
    return archive;
  }

  /** The names of the entries, in the directory's order. */
  Iterable<String> names() {
    return entries.keySet();
  }

  boolean has(String name) {
    return entries.containsKey(name);
  }

  /**
   * The content of an entry, in place if it is stored as it is, else unpacked into {@code copies}.
   *
   * @throws InputException if there is no such entry, or it is damaged
   */
  Stretch content(String name, TensorCopies copies) throws InputException {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw refusal.corrupt("is damaged: it lacks " + Quoted.of(name));
    }
    Stretch packed = packed(name, entry);
    return entry.method == STORED ? packed : inflate(name, entry, packed, copies);
  }

  /**
   * Compares every entry with its checksum.
   *
   * @throws InputException if one does not fit
   */
  void verify() throws InputException {
    for (Map.Entry<String, Entry> named : entries.entrySet()) {
      Entry entry = named.getValue();
      if (entry.method == STORED) {
        Stretch content = packed(named.getKey(), entry);
        CRC32 crc = new CRC32();
        for (long at = 0; at < content.size(); at += MappedFile.LONGEST_VIEW) {
          int part = (int) Math.min(MappedFile.LONGEST_VIEW, content.size() - at);
          crc.update(content.view(at, part).buffer());
        }
        checkSum(named.getKey(), entry, crc);
      }
    }
  }

  private Stretch packed(String name, Entry entry) throws InputException {
    boolean inside = entry.local >= 0 && entry.local <= file.size() - LOCAL_BYTES;
    ByteBuffer local = inside ? view(entry.local, LOCAL_BYTES) : ByteBuffer.allocate(LOCAL_BYTES);
    if (local.getInt(0) != LOCAL) {
      throw refusal.corrupt("is damaged: " + Quoted.of(name) + " is not where it should be");
    }
    long start =
        entry.local + LOCAL_BYTES + (local.getShort(26) & 0xffff) + (local.getShort(28) & 0xffff);
    if (entry.compressed < 0 || entry.size < 0 || entry.compressed > file.size() - start) {
      throw refusal.corrupt("is damaged: " + Quoted.of(name) + " leaves the file");
    }
    if ((entry.flags & ENCRYPTED) != 0) {
      throw refusal.unsupported("is encrypted");
    }
    if (entry.method != STORED && entry.method != DEFLATED) {
      throw refusal.unsupported(
          "has " + Quoted.of(name) + " packed by method " + entry.method + ", which is not read");
    }
    if (entry.method == STORED && entry.compressed != entry.size) {
      throw refusal.corrupt("is damaged: " + Quoted.of(name) + " has two sizes");
    }
    return new Stretch.Mapped(file, start, entry.compressed);
  }

  private Stretch inflate(String name, Entry entry, Stretch packed, TensorCopies copies)
      throws InputException {
    if (packed.size() > MappedFile.LONGEST_VIEW) {
      throw refusal.tooLarge("has " + Quoted.of(name) + " packed in more than 1 GiB");
    }
    NativeBuffer unpacked = copies.allocate(entry.size, name);
    Bytes bytes = unpacked.bytes(0, (int) entry.size);
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed.view(0, (int) packed.size()).buffer());
      ByteBuffer into = unpacked.asByteBuffer().limit((int) entry.size);
      while (into.hasRemaining() && inflater.inflate(into) > 0) {
        // until it is full, or nothing more comes
      }
      if (into.hasRemaining()) {
        throw refusal.corrupt("is damaged: " + Quoted.of(name) + " ends early");
      }
    } catch (DataFormatException e) {
      throw refusal.corrupt("is damaged: " + Quoted.of(name) + " cannot be unpacked", e);
    } finally {
      inflater.end();
    }
    CRC32 crc = new CRC32();
    crc.update(bytes.buffer());
    checkSum(name, entry, crc);
    return new Stretch.Unpacked(bytes);
  }

  private void checkSum(String name, Entry entry, CRC32 crc) throws InputException {
    if ((int) crc.getValue() != entry.crc) {
      throw refusal.corrupt("is damaged: " + Quoted.of(name) + " does not fit its checksum");
    }
  }

  private void readDirectory() throws InputException {
    long endAt = findEnd();
    ByteBuffer end = view(endAt, END_BYTES);
    long count = end.getShort(10) & 0xffff;
    long bytes = end.getInt(12) & MASKED;
    long start = end.getInt(16) & MASKED;
    if (endAt >= END64_LOCATOR_BYTES) {
      ByteBuffer locator = view(endAt - END64_LOCATOR_BYTES, END64_LOCATOR_BYTES);
      if (locator.getInt(0) == END64_LOCATOR) {
        long at = locator.getLong(8);
        if (at < 0 || at > endAt - END64_BYTES || view(at, END64_BYTES).getInt(0) != END64) {
          throw refusal.corrupt("is damaged: its directory is not where it should be");
        }
        ByteBuffer end64 = view(at, END64_BYTES);
        count = end64.getLong(32);
        bytes = end64.getLong(40);
        start = end64.getLong(48);
      }
    }
    boolean inside = start >= 0 && bytes >= 0 && start <= endAt && bytes <= endAt - start;
    if (!inside || count < 0 || count > bytes / ENTRY_BYTES) {
      throw refusal.corrupt("is damaged: its directory lies outside the file");
    }
    if (count > MOST_ENTRIES) {
      throw refusal.tooLarge("has " + count + " entries; at most " + MOST_ENTRIES + " are read");
    }
    readEntries(count, start, start + bytes);
  }

  private long findEnd() throws InputException {
    int tailBytes = (int) Math.min(file.size(), END_BYTES + LONGEST_COMMENT);
    ByteBuffer tail = view(file.size() - tailBytes, tailBytes);
    for (int at = tailBytes - END_BYTES; at >= 0; at--) {
      if (tail.getInt(at) == END
          && (tail.getShort(at + 20) & 0xffff) == tailBytes - at - END_BYTES) {
        return file.size() - tailBytes + at;
      }
    }
    throw refusal.corrupt("is cut short: a zip archive without its directory");
  }

  private void readEntries(long count, long start, long end) throws InputException {
    long at = start;
    for (int i = 0; i < count; i++) {
      if (at > end - ENTRY_BYTES || view(at, 4).getInt() != ENTRY) {
        throw refusal.corrupt("is damaged: entry " + i + " of its directory is not one");
      }
      ByteBuffer fixed = view(at, ENTRY_BYTES);
      int nameBytes = fixed.getShort(28) & 0xffff;
      int extraBytes = fixed.getShort(30) & 0xffff;
      int length = ENTRY_BYTES + nameBytes + extraBytes + (fixed.getShort(32) & 0xffff);
      if (length > end - at) {
        throw refusal.corrupt("is damaged: entry " + i + " leaves its directory");
      }
      String name = StandardCharsets.UTF_8.decode(view(at + ENTRY_BYTES, nameBytes)).toString();
      Entry entry = entry(fixed, view(at + ENTRY_BYTES + nameBytes, extraBytes));
      if (entries.put(name, entry) != null) {
        throw refusal.corrupt("has two entries " + Quoted.of(name));
      }
      at += length;
    }
  }

  private static Entry entry(ByteBuffer fixed, ByteBuffer extra) {
    long compressed = fixed.getInt(20) & MASKED;
    long size = fixed.getInt(24) & MASKED;
    long local = fixed.getInt(42) & MASKED;
    while (extra.remaining() >= 4) {
      int id = extra.getShort() & 0xffff;
      int length = Math.min(extra.getShort() & 0xffff, extra.remaining());
      ByteBuffer wide = extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
      if (id == WIDE_EXTRA) {
        size = unmasked(size, wide);
        compressed = unmasked(compressed, wide);
        local = unmasked(local, wide);
      }
      extra.position(extra.position() + length);
    }
    return new Entry(
        fixed.getShort(8) & 0xffff,
        fixed.getShort(10) & 0xffff,
        fixed.getInt(16),
        compressed,
        size,
        local);
  }

  private static long unmasked(long value, ByteBuffer wide) {
    return value == MASKED && wide.remaining() >= Long.BYTES ? wide.getLong() : value;
  }

  private ByteBuffer view(long offset, int length) {
    return file.view(offset, length).buffer();
  }
}
