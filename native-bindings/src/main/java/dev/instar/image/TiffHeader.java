package dev.instar.image;

/**
 * The first directory of a TIFF file (TIFF 6.0, section 2), which is also how EXIF holds its tags.
 */
final class TiffHeader {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS_PER_SAMPLE = 258;
  private static final int PHOTOMETRIC = 262;
  private static final int ORIENTATION = 274;
  private static final int SAMPLES_PER_PIXEL = 277;
  private static final int PALETTE = 3;

  private static final int SHORT = 3;
  private static final int LONG = 4;

  private final Fields file;
  private final long entries;
  private final int count;

  private TiffHeader(Fields anyOrder) throws CorruptImageException {
    file = anyOrder.startsWith(0, 'I', 'I') ? anyOrder.littleEndian() : anyOrder;
    int version = file.u16(2);
    if (version == 43) {
      throw new CorruptImageException(Fault.UNSUPPORTED, "a BigTIFF is not read");
    }
    if (version != 42) {
      throw new CorruptImageException(
          Fault.NOT_AN_IMAGE, "the file starts like a TIFF but says version " + version);
    }
    long directory = file.u32(4);
    count = file.u16(directory);
    entries = directory + 2;
  }

  static ImageHeader read(Fields file) throws CorruptImageException {
    TiffHeader tiff = new TiffHeader(file);
    Size size = ImageHeader.declared(tiff.value(WIDTH, 0), tiff.value(HEIGHT, 0));
    int bits = (int) tiff.value(BITS_PER_SAMPLE, 1);
    int samples = (int) tiff.value(SAMPLES_PER_PIXEL, 1);
    if (bits != 1 && bits != 2 && bits != 4 && bits != 8 && bits != 16
        || samples < 1
        || samples > 4) {
      throw new CorruptImageException(
          Fault.UNSUPPORTED, "a TIFF of " + samples + " samples of " + bits + " bits is not read");
    }
    int channels = tiff.value(PHOTOMETRIC, 1) == PALETTE ? 3 : samples;
    return new ImageHeader(
        ImageFormat.TIFF,
        size,
        channels,
        bits,
        Orientation.ofTag((int) tiff.value(ORIENTATION, 1)));
  }

  /**
   * The orientation that EXIF tags state; upright where they are damaged, as a photograph need not
   * suffer from bad tags.
   */
  static Orientation orientationOfExif(Fields exif) {
    if (!exif.startsWith(0, 'I', 'I') && !exif.startsWith(0, 'M', 'M')) {
      return Orientation.UPRIGHT;
    }
    try {
      return Orientation.ofTag((int) new TiffHeader(exif).value(ORIENTATION, 1));
    } catch (CorruptImageException damaged) {
      return Orientation.UPRIGHT;
    }
  }

  /** The first value of a tag. */
  private long value(int tag, long absent) throws CorruptImageException {
    for (int i = 0; i < count; i++) {
      long entry = entries + 12L * i;
      if (file.u16(entry) == tag) {
        int type = file.u16(entry + 2);
        long values = file.u32(entry + 4);
        if (type == LONG && values == 1) {
          return file.u32(entry + 8);
        }
        if (type == SHORT && values >= 1) {
          // Up to two shorts lie in the entry, more of them elsewhere.
          return file.u16(values <= 2 ? entry + 8 : file.u32(entry + 8));
        }
        throw new CorruptImageException(
            Fault.CORRUPT, "TIFF tag " + tag + " has " + values + " values of type " + type);
      }
    }
    return absent;
  }
}
