package dev.instar.hdf5;

import java.nio.ByteBuffer;

/** The checksums of the HDF5 file format. */
public final class Checksums {
  private Checksums() {}

  /**
   * Bob Jenkins' lookup3 {@code hashlittle} with initial value 0
   * (burtleburtle.net/bob/c/lookup3.c): guards metadata.
   *
   * @param from the absolute position of the first byte in {@code data}
   * @param length in bytes
   */
  public static int lookup3(ByteBuffer data, int from, int length) {
    int a = 0xdeadbeef + length;
    int b = a;
    int c = a;
    int at = from;
    int left = length;
    while (left > 12) {
      a += word(data, at, 4);
      b += word(data, at + 4, 4);
      c += word(data, at + 8, 4);
      a = (a - c) ^ Integer.rotateLeft(c, 4);
      c += b;
      b = (b - a) ^ Integer.rotateLeft(a, 6);
      a += c;
      c = (c - b) ^ Integer.rotateLeft(b, 8);
      b += a;
      a = (a - c) ^ Integer.rotateLeft(c, 16);
      c += b;
      b = (b - a) ^ Integer.rotateLeft(a, 19);
      a += c;
      c = (c - b) ^ Integer.rotateLeft(b, 4);
      b += a;
      at += 12;
      left -= 12;
    }
    if (left == 0) {
      return c;
    }
    a += word(data, at, Math.min(4, left));
    b += word(data, at + 4, Math.min(4, left - 4));
    c += word(data, at + 8, Math.min(4, left - 8));
    c = (c ^ b) - Integer.rotateLeft(b, 14);
    a = (a ^ c) - Integer.rotateLeft(c, 11);
    b = (b ^ a) - Integer.rotateLeft(a, 25);
    c = (c ^ b) - Integer.rotateLeft(b, 16);
    a = (a ^ c) - Integer.rotateLeft(c, 4);
    b = (b ^ a) - Integer.rotateLeft(a, 14);
    c = (c ^ b) - Integer.rotateLeft(b, 24);
    return c;
  }

  private static int word(ByteBuffer data, int at, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value |= (data.get(at + i) & 0xff) << (8 * i);
    }
    return value;
  }

  /**
   * Fletcher's checksum over 16-bit big-endian words, as {@code H5_checksum_fletcher32}: guards
   * filtered chunks.
   */
  static int fletcher32(byte[] data, int length) {
    long sum1 = 0;
    long sum2 = 0;
    for (int i = 0; i < length; i += 2) {
      int low = i + 1 < length ? data[i + 1] & 0xff : 0;
      sum1 = (sum1 + (((data[i] & 0xff) << 8) | low)) % 65535;
      sum2 = (sum2 + sum1) % 65535;
    }
    return (int) ((sum2 << 16) | sum1);
  }
}
