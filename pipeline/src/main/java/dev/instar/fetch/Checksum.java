package dev.instar.fetch;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The digest of a file's bytes.
 *
 * @param algorithm how it is computed
 * @param hex in lower-case hexadecimal
 */
public record Checksum(Algorithm algorithm, String hex) {
  /** The digests that publishers give. */
  public enum Algorithm {
    MD5("MD5", 32),
    SHA256("SHA-256", 64),
    /** Against accidents only; all that Google Drive states. */
    CRC32C("CRC-32C", 8);

    private final String label;
    private final int digits;

    Algorithm(String label, int digits) {
      this.label = label;
      this.digits = digits;
    }

    /** The usual name. */
    public String label() {
      return label;
    }

    MessageDigest digest() {
      try {
        return this == CRC32C ? new Crc32cDigest() : MessageDigest.getInstance(label);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("this Java has no " + label, e);
      }
    }
  }

  public Checksum {
    hex = hex.toLowerCase(Locale.ROOT);
    if (!hex.matches("[0-9a-f]{" + algorithm.digits + "}")) {
      throw new IllegalArgumentException(
          "'" + hex + "' is not " + algorithm.digits + " hexadecimal digits");
    }
  }

  static Checksum of(Algorithm algorithm, MessageDigest digest) {
    return new Checksum(algorithm, HexFormat.of().formatHex(digest.digest()));
  }

  @Override
  public String toString() {
    return algorithm.label + " " + hex;
  }
}
