package dev.instar.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** JPEGs that are stored turned, and say so in an EXIF block that is written here by hand. */
public final class ExifJpeg {
  private static final int SHORT = 3;
  private static final int ORIENTATION = 0x112;

  private ExifJpeg() {}

  /** The JPEG with an EXIF orientation of 1 to 8. */
  public static byte[] oriented(byte[] jpeg, int orientation) {
    ByteBuffer block = ByteBuffer.allocate(36);
    block.putShort((short) 0xffe1).putShort((short) 34);
    block.put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8);
    block.putShort((short) 1).putShort((short) ORIENTATION).putShort((short) SHORT).putInt(1);
    block.putShort((short) orientation).putShort((short) 0).putInt(0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(block.array(), 0, block.position());
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  /** Whether the orientation exchanges width and height. */
  public static boolean transposes(int orientation) {
    return orientation >= 5;
  }

  /**
   * Where the stored pixel (x, y) stands in the upright picture of {@code width x height}, as the
   * EXIF standard's table of row 0 and column 0 has it.
   *
   * @return x and y
   */
  public static int[] upright(int orientation, int x, int y, int width, int height) {
    int right = width - 1;
    int bottom = height - 1;
    return switch (orientation) {
      case 2 -> new int[] {right - x, y};
      case 3 -> new int[] {right - x, bottom - y};
      case 4 -> new int[] {x, bottom - y};
      case 5 -> new int[] {y, x};
      case 6 -> new int[] {right - y, x};
      case 7 -> new int[] {right - y, bottom - x};
      case 8 -> new int[] {y, bottom - x};
      default -> new int[] {x, y};
    };
  }
}
