package dev.instar.image;

import dev.instar.memory.Bytes;

/**
 * What a picture file says of itself before its pixels are decoded.
 *
 * <p>Reading one never allocates by what the file declares, and needs no native code: whoever wants
 * to refuse a picture by its size does it between the header and the decoder.
 *
 * @param format what its first bytes say, whatever its name says
 * @param size as stored; {@code orientation} is not applied
 * @param channels 1 grey, 2 grey and alpha, 3 colour (palettes too), 4 colour and alpha or CMYK
 * @param bitDepth bits of a sample
 * @param progressive whether a JPEG is sent in several refining scans; false for other formats
 * @param orientation how to turn it upright
 * @param jpegSettings what a JPEG was most likely written with (the quality from its quantisation
 *     tables), so that it can be written again likewise; quality 75 and 4:2:0 for other formats
 */
public record ImageHeader(
    ImageFormat format,
    Size size,
    int channels,
    int bitDepth,
    boolean progressive,
    Orientation orientation,
    JpegSettings jpegSettings) {

  private static final JpegSettings USUAL = new JpegSettings(75, JpegSettings.Subsampling.S420);

  /** A header of a format other than JPEG. */
  ImageHeader(ImageFormat format, Size size, int channels, int bitDepth, Orientation orientation) {
    this(format, size, channels, bitDepth, false, orientation, USUAL);
  }

  /**
   * Reads the header of a JPEG, PNG, TIFF, WebP or BMP file.
   *
   * @throws CorruptImageException if the bytes are none of these, if the header is cut short or
   *     contradicts itself, or if the picture is of a kind that is not read
   */
  public static ImageHeader read(Bytes file) throws CorruptImageException {
    Fields fields = new Fields(file, "the file");
    if (fields.startsWith(0, 0xff, 0xd8)) {
      return JpegHeader.read(fields);
    }
    if (fields.startsWith(0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
      return PngHeader.read(fields);
    }
    if (fields.startsWith(0, 'I', 'I') || fields.startsWith(0, 'M', 'M')) {
      return TiffHeader.read(fields);
    }
    if (fields.startsWith(0, 'R', 'I', 'F', 'F') && fields.startsWith(8, 'W', 'E', 'B', 'P')) {
      return WebpHeader.read(fields);
    }
    if (fields.startsWith(0, 'B', 'M')) {
      return BmpHeader.read(fields);
    }
    if (file.size() == 0) {
      throw new CorruptImageException(Fault.NOT_AN_IMAGE, "the file is empty");
    }
    throw new CorruptImageException(
        Fault.NOT_AN_IMAGE, "the file is no JPEG, PNG, TIFF, WebP or BMP");
  }

  /** The size that a header declares. */
  static Size declared(long width, long height) throws CorruptImageException {
    if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw new CorruptImageException(
          Fault.CORRUPT, "the header says " + width + " x " + height + " pixels");
    }
    return new Size((int) width, (int) height);
  }
}
