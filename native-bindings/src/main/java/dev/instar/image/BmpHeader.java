package dev.instar.image;

/** The header of a Windows bitmap: BITMAPCOREHEADER or BITMAPINFOHEADER and its successors. */
final class BmpHeader {
  private static final int CORE_HEADER = 12;
  private static final int SHORTEST_INFO_HEADER = 40;

  private BmpHeader() {}

  static ImageHeader read(Fields bigEndian) throws CorruptImageException {
    Fields file = bigEndian.littleEndian();
    long headerBytes = file.u32(14);
    boolean core = headerBytes == CORE_HEADER;
    if (!core && (headerBytes < SHORTEST_INFO_HEADER || headerBytes > 256)) {
      throw new CorruptImageException(
          Fault.NOT_AN_IMAGE,
          "the file starts like a BMP but says a header of " + headerBytes + " bytes");
    }
    // A negative height says that the top row comes first.
    Size size =
        core
            ? ImageHeader.declared(file.u16(18), file.u16(20))
            : ImageHeader.declared((int) file.u32(18), Math.abs((long) (int) file.u32(22)));
    int bits = file.u16(core ? 24 : 28);
    return switch (bits) {
      case 1, 4, 8, 16, 24 -> header(file, size, 3, bits, core);
      case 32 -> header(file, size, 4, bits, core);
      default ->
          throw new CorruptImageException(
              Fault.CORRUPT, "the BMP says " + bits + " bits of a pixel");
    };
  }

  private static ImageHeader header(Fields file, Size size, int channels, int bits, boolean core)
      throws CorruptImageException {
    boolean plain = core || file.u32(30) == 0;
    long rowBytes = ((long) size.width() * bits + 31) / 32 * 4;
    if (plain && file.u32(10) + rowBytes * size.height() > file.size()) {
      throw new CorruptImageException(
          Fault.TRUNCATED, "the BMP of " + size + " pixels ends after " + file.size() + " bytes");
    }
    return new ImageHeader(ImageFormat.BMP, size, channels, 8, Orientation.UPRIGHT);
  }
}
