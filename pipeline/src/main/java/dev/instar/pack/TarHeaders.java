package dev.instar.pack;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Walks over the headers of a tar file: POSIX.1-2001 ustar and pax, and GNU's long names. Not
 * thread-safe.
 *
 * <p>A file cut short inside an entry still gives that entry, which then cannot be read.
 */
final class TarHeaders {
  private static final int BLOCK = 512;
  private static final int CHECKSUM = 148;
  private static final int LONGEST_EXTENSION = 1 << 20;

  private final Path path;
  private final FileChannel channel;
  private final long size;
  private long next;
  private String name = "";
  private long position;
  private long length;
  private char type;

  TarHeaders(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    size = channel.size();
  }

  String name() {
    return name;
  }

  /** Where the content begins. */
  long position() {
    return position;
  }

  /** Bytes of the content. */
  long length() {
    return length;
  }

  /** Whether it is a plain file, not a folder, link or device. */
  boolean isFile() {
    return type == '0' || type == 0 || type == '7';
  }

  /**
   * Goes to the next entry.
   *
   * @return whether there is one
   */
  boolean next() throws IOException {
    String longName = null;
    long longLength = -1;
    while (true) {
      ByteBuffer block = PackIndex.readUpTo(channel, next, BLOCK);
      if (block.limit() == 0 && next > 0 || isZero(block)) {
        return false;
      }
      checkHeader(block);
      position = next + BLOCK;
      length = longLength >= 0 ? longLength : number(block, 124, 12);
      type = (char) (block.get(156) & 0xff);
      if (length > Long.MAX_VALUE - position - BLOCK) {
        throw damaged("has a length that cannot be");
      }
      next = position + (length + BLOCK - 1) / BLOCK * BLOCK;
      switch (type) {
        case 'L' -> longName = text(extension(), 0);
        case 'x' -> {
          Pax pax = Pax.read(extension());
          longName = pax.path == null ? longName : pax.path;
          longLength = pax.size;
        }
        case 'K', 'g' -> {}
        default -> {
          name = longName != null ? longName : shortName(block);
          return true;
        }
      }
    }
  }

  private byte[] extension() throws IOException {
    if (length > LONGEST_EXTENSION || position > size - length) {
      throw damaged("has a name of " + length + " bytes");
    }
    return PackIndex.readUpTo(channel, position, (int) length).array();
  }

  private void checkHeader(ByteBuffer block) throws InputException {
    if (block.limit() < BLOCK) {
      throw next == 0 ? notTar() : damaged("is cut short");
    }
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean inChecksum = i >= CHECKSUM && i < CHECKSUM + 8;
      sum += inChecksum ? ' ' : block.get(i) & 0xff;
    }
    if (sum != number(block, CHECKSUM, 8)) {
      throw next == 0 ? notTar() : damaged("does not have its checksum");
    }
  }

  private static boolean isZero(ByteBuffer block) {
    return block.limit() == BLOCK && block.equals(ByteBuffer.allocate(BLOCK));
  }

  private static String shortName(ByteBuffer block) {
    byte[] header = block.array();
    String name = text(slice(header, 0, 100), 0);
    // POSIX has "ustar\0" here and a prefix; GNU has "ustar " and other fields.
    boolean posix = new String(header, 257, 6, StandardCharsets.ISO_8859_1).equals("ustar\0");
    String prefix = posix ? text(slice(header, 345, 155), 0) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /** An octal number, or a binary one where the first bit is set. */
  private long number(ByteBuffer block, int at, int width) throws InputException {
    if ((block.get(at) & 0x80) != 0) {
      long value =
          width > Long.BYTES ? block.order(ByteOrder.BIG_ENDIAN).getLong(at + width - 8) : -1;
      if (value < 0) {
        throw damaged("has a number that is not one");
      }
      return value;
    }
    long value = 0;
    for (int i = at; i < at + width; i++) {
      int c = block.get(i);
      if (c >= '0' && c <= '7') {
        value = value * 8 + (c - '0');
      } else if (c != ' ' && c != 0) {
        throw damaged("has a number that is not one");
      }
    }
    return value;
  }

  private static byte[] slice(byte[] bytes, int from, int length) {
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  private static String text(byte[] bytes, int from) {
    int end = from;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }

  private InputException notTar() {
    return new InputException(Fault.UNREADABLE, path + " is no uncompressed tar file");
  }

  private InputException damaged(String how) {
    return new InputException(
        Fault.CORRUPT, path + " is damaged: the tar header at byte " + next + " " + how);
  }

  /** The two records of a pax extended header that matter here. */
  private static final class Pax {
    private String path;
    private long size = -1;

    static Pax read(byte[] body) {
      Pax pax = new Pax();
      int at = 0;
      while (at < body.length) {
        int space = at;
        int recordLength = 0;
        while (space < body.length && body[space] >= '0' && body[space] <= '9' && space - at < 8) {
          recordLength = recordLength * 10 + (body[space++] - '0');
        }
        int end = at + recordLength - 1;
        if (space >= body.length || body[space] != ' ' || end <= space || end >= body.length) {
          break;
        }
        String record = new String(body, space + 1, end - space - 1, StandardCharsets.UTF_8);
        if (record.startsWith("path=")) {
          pax.path = record.substring(5);
        } else if (record.matches("size=[0-9]{1,18}")) {
          pax.size = Long.parseLong(record.substring(5));
        }
        at = end + 1;
      }
      return pax;
    }
  }
}
