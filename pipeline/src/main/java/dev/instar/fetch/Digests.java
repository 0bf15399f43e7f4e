package dev.instar.fetch;

import dev.instar.fetch.Checksum.Algorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares a file on the disk with what its publisher states, in one pass. */
final class Digests {
  private static final int BLOCK = 1 << 20;

  private Digests() {}

  /** Bytes that can be read at an offset, -1 at the end. */
  @FunctionalInterface
  interface Bytes {
    int read(ByteBuffer into, long offset) throws IOException;
  }

  /**
   * What is wrong with the bytes, as a sentence; empty if they have every checksum of {@code
   * expected}.
   *
   * @param meter follows, up to {@code length} bytes
   */
  static Optional<String> mismatch(
      Bytes bytes,
      long length,
      Collection<Checksum> expected,
      Meter meter,
      Cancellation cancellation)
      throws IOException {
    Map<Algorithm, MessageDigest> digests = new EnumMap<>(Algorithm.class);
    expected.forEach(sum -> digests.put(sum.algorithm(), sum.algorithm().digest()));
    if (digests.isEmpty()) {
      return Optional.empty();
    }
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    for (long at = 0; at < length; at += block.limit()) {
      cancellation.check();
      block.clear().limit((int) Math.min(BLOCK, length - at));
      if (bytes.read(block, at) <= 0) {
        return Optional.of("it ends after " + at + " of " + length + " bytes");
      }
      block.flip();
      digests.values().forEach(digest -> digest.update(block.duplicate()));
      meter.reach(at + block.limit());
    }
    List<Checksum> found =
        digests.entrySet().stream().map(e -> Checksum.of(e.getKey(), e.getValue())).toList();
    return expected.stream()
        .filter(sum -> !found.contains(sum))
        .findFirst()
        .map(
            sum ->
                "its "
                    + sum.algorithm().label()
                    + " is "
                    + of(sum.algorithm(), found)
                    + ", published is "
                    + sum.hex());
  }

  private static String of(Algorithm algorithm, List<Checksum> found) {
    return found.stream()
        .filter(sum -> sum.algorithm() == algorithm)
        .map(Checksum::hex)
        .findFirst()
        .orElseThrow();
  }
}
