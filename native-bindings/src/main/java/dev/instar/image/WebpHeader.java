package dev.instar.image;

/** The chunks of a WebP file (RFC 9649). */
final class WebpHeader {
  private static final int FIRST_CHUNK = 12;
  private static final int ANIMATION = 0x02;
  private static final int ALPHA = 0x10;

  private WebpHeader() {}

  static ImageHeader read(Fields bigEndian) throws CorruptImageException {
    Fields file = bigEndian.littleEndian();
    if (file.startsWith(FIRST_CHUNK, 'V', 'P', '8', ' ')) {
      if (!file.startsWith(23, 0x9d, 0x01, 0x2a)) {
        throw new CorruptImageException(Fault.CORRUPT, "the WebP has no key frame");
      }
      Size size = ImageHeader.declared(file.u16(26) & 0x3fff, file.u16(28) & 0x3fff);
      return header(size, 3, Orientation.UPRIGHT);
    }
    if (file.startsWith(FIRST_CHUNK, 'V', 'P', '8', 'L')) {
      if (file.u8(20) != 0x2f) {
        throw new CorruptImageException(Fault.CORRUPT, "the lossless WebP has no signature");
      }
      long bits = file.u32(21);
      Size size = ImageHeader.declared((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
      return header(size, (bits >> 28 & 1) == 1 ? 4 : 3, Orientation.UPRIGHT);
    }
    if (file.startsWith(FIRST_CHUNK, 'V', 'P', '8', 'X')) {
      int flags = file.u8(20);
      if ((flags & ANIMATION) != 0) {
        throw new CorruptImageException(Fault.UNSUPPORTED, "an animated WebP is not read");
      }
      Size size = ImageHeader.declared(u24(file, 24) + 1, u24(file, 27) + 1);
      return header(size, (flags & ALPHA) != 0 ? 4 : 3, orientation(file));
    }
    throw new CorruptImageException(Fault.CORRUPT, "the WebP has no picture");
  }

  private static ImageHeader header(Size size, int channels, Orientation orientation) {
    return new ImageHeader(ImageFormat.WEBP, size, channels, 8, orientation);
  }

  private static long u24(Fields file, int offset) throws CorruptImageException {
    return file.u16(offset) | (long) file.u8(offset + 2) << 16;
  }

  private static Orientation orientation(Fields file) throws CorruptImageException {
    for (long at = FIRST_CHUNK; at + 8 <= file.size(); ) {
      long length = file.u32(at + 4);
      if (file.startsWith((int) at, 'E', 'X', 'I', 'F') && at + 8 + length <= file.size()) {
        return TiffHeader.orientationOfExif(file.part((int) at + 8, (int) length, "EXIF"));
      }
      at += 8 + length + (length & 1);
    }
    return Orientation.UPRIGHT;
  }
}
