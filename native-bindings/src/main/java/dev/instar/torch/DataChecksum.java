package dev.instar.torch;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC-32C (RFC 3720, appendix B.4) of a run of bytes, as 8 lower-case hexadecimal digits. */
final class DataChecksum {
  private final CRC32C crc = new CRC32C();

  void update(ByteBuffer bytes) {
    crc.update(bytes);
  }

  String text() {
    return String.format("%08x", crc.getValue());
  }
}
