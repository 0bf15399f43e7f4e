package dev.instar.pack;

import dev.instar.image.InputException;
import dev.instar.memory.NativeBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * What tells the content of one collection from that of another, whatever file it lies in: the
 * SHA-256 of name, length and CRC-32C of every record, in their order.
 */
public final class ContentChecksum {
  /** In place of the length of a record that cannot be read. */
  private static final int UNREADABLE = -1;

  private ContentChecksum() {}

  /**
   * The checksum in lower-case hexadecimal. Of a {@link Pack} it takes a fraction of a second for a
   * million records, since a pack's index has all of it; of anything else every byte is read.
   */
  public static String of(ImageSource source) throws IOException {
    MessageDigest digest = sha256();
    if (source instanceof Pack pack) {
      for (int i = 0; i < pack.size(); i++) {
        add(digest, pack.name(i), pack.length(i), pack.crc32c(i));
      }
    } else {
      try (NativeBuffer scratch = NativeBuffer.allocate(0)) {
        for (int i = 0; i < source.size(); i++) {
          addRead(digest, source, i, scratch);
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void addRead(
      MessageDigest digest, ImageSource source, int index, NativeBuffer scratch)
      throws IOException {
    try {
      ByteBuffer content = source.read(index, scratch).bytes().buffer();
      int length = content.remaining();
      CRC32C crc = new CRC32C();
      crc.update(content);
      add(digest, source.name(index), length, (int) crc.getValue());
    } catch (InputException unreadable) {
      add(digest, source.name(index), UNREADABLE, 0);
    }
  }

  private static void add(MessageDigest digest, String name, int length, int crc32c) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer record = ByteBuffer.allocate(utf8.length + 3 * Integer.BYTES);
    // The length of the name first: no name then continues into numbers.
    record.putInt(utf8.length).put(utf8).putInt(length).putInt(crc32c);
    digest.update(record.array());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
