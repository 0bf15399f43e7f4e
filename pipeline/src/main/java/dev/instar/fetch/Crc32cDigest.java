package dev.instar.fetch;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.zip.CRC32C;

/** CRC-32C as a digest of four bytes, the most significant first, as Google's storage states it. */
final class Crc32cDigest extends MessageDigest {
  private final CRC32C sum = new CRC32C();

  Crc32cDigest() {
    super("CRC-32C");
  }

  @Override
  protected void engineUpdate(byte input) {
    sum.update(input);
  }

  @Override
  protected void engineUpdate(byte[] input, int offset, int length) {
    sum.update(input, offset, length);
  }

  @Override
  protected void engineUpdate(ByteBuffer input) {
    sum.update(input);
  }

  @Override
  protected byte[] engineDigest() {
    byte[] digest = ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array();
    sum.reset();
    return digest;
  }

  @Override
  protected void engineReset() {
    sum.reset();
  }
}
