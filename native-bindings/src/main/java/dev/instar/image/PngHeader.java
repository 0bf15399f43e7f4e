package dev.instar.image;

/** The chunks of a PNG (ISO/IEC 15948). */
final class PngHeader {
  private static final long FIRST_CHUNK = 8;
  private static final long IHDR = 0x49484452L;
  private static final long IDAT = 0x49444154L;
  private static final long IEND = 0x49454e44L;
  private static final long EXIF = 0x65584966L;

  /**
   * Channels by colour type: grey, none, colour, palette, grey and alpha, none, colour and alpha.
   */
  private static final int[] CHANNELS = {1, 0, 3, 3, 2, 0, 4};

  private PngHeader() {}

  static ImageHeader read(Fields file) throws CorruptImageException {
    if (file.u32(FIRST_CHUNK) != 13 || file.u32(FIRST_CHUNK + 4) != IHDR) {
      throw new CorruptImageException(Fault.CORRUPT, "the PNG does not start with its header");
    }
    Size size = ImageHeader.declared(file.u32(16), file.u32(20));
    int bitDepth = file.u8(24);
    int colour = file.u8(25);
    if (colour >= CHANNELS.length || CHANNELS[colour] == 0 || !allows(colour, bitDepth)) {
      throw new CorruptImageException(
          Fault.CORRUPT, "the PNG says colour type " + colour + " with " + bitDepth + " bits");
    }
    return new ImageHeader(ImageFormat.PNG, size, CHANNELS[colour], bitDepth, orientation(file));
  }

  /**
   * Refuses a PNG whose chunks end before its end chunk: decoders may show what is there, and black
   * below.
   */
  static void requireEnd(Fields file) throws CorruptImageException {
    for (long at = FIRST_CHUNK; at + 8 <= file.size(); at += 12 + file.u32(at)) {
      if (file.u32(at + 4) == IEND) {
        return;
      }
    }
    throw new CorruptImageException(Fault.TRUNCATED, "the PNG has no end chunk: it was cut short");
  }

  private static boolean allows(int colour, int bitDepth) {
    return switch (bitDepth) {
      case 1, 2, 4 -> colour == 0 || colour == 3;
      case 8 -> true;
      case 16 -> colour != 3;
      default -> false;
    };
  }

  private static Orientation orientation(Fields file) throws CorruptImageException {
    for (long at = FIRST_CHUNK; at + 8 <= file.size(); at += 12 + file.u32(at)) {
      long type = file.u32(at + 4);
      long length = file.u32(at);
      if (type == EXIF && at + 8 + length <= file.size()) {
        return TiffHeader.orientationOfExif(file.part((int) at + 8, (int) length, "EXIF"));
      }
      if (type == IDAT) {
        break;
      }
    }
    return Orientation.UPRIGHT;
  }
}
