package dev.instar.image;

import dev.instar.image.JpegSettings.Subsampling;

/** The segments of a JPEG up to its first scan (ITU-T T.81, annex B). */
final class JpegHeader {
  private static final int APP1 = 0xe1;
  private static final int DQT = 0xdb;
  private static final int SOS = 0xda;
  private static final int EOI = 0xd9;

  private final Fields file;
  private final int[] tableSums = new int[4];
  private Orientation orientation = Orientation.UPRIGHT;
  private int frameMarker;
  private Fields frame;
  private int scanStart;

  private JpegHeader(Fields file) throws CorruptImageException {
    this.file = file;
    walk();
  }

  static ImageHeader read(Fields file) throws CorruptImageException {
    return new JpegHeader(file).header();
  }

  /**
   * Refuses a JPEG that ends early: without an end marker (EOI) after its first start of scan.
   * Decoders would fill what is missing with grey. Bytes that follow the marker do no harm. The
   * native core asks the same for itself.
   */
  static void requireEnd(Fields file) throws CorruptImageException {
    int first = new JpegHeader(file).scanStart;
    for (int i = file.size() - 2; i >= first; i--) {
      if (file.startsWith(i, 0xff, EOI)) {
        return;
      }
    }
    throw new CorruptImageException(
        Fault.TRUNCATED, "the JPEG has no end marker: it was cut short");
  }

  private void walk() throws CorruptImageException {
    int at = 2;
    while (true) {
      while (file.u8(at) != 0xff) {
        at++;
      }
      while (file.u8(at) == 0xff) {
        at++;
      }
      int marker = file.u8(at++);
      if (marker == 0x00 || marker == 0x01 || marker >= 0xd0 && marker <= 0xd8) {
        continue;
      }
      if (marker == EOI) {
        throw new CorruptImageException(Fault.TRUNCATED, "the JPEG ends before its first scan");
      }
      int length = file.u16(at);
      if (length < 2) {
        throw new CorruptImageException(
            Fault.CORRUPT, "a JPEG segment of " + length + " bytes, at least 2 are needed");
      }
      segment(marker, file.part(at + 2, length - 2, "the JPEG"));
      at += length;
      if (marker == SOS) {
        scanStart = at;
        return;
      }
    }
  }

  private void segment(int marker, Fields content) throws CorruptImageException {
    if (marker == DQT) {
      sumTables(content);
    } else if (marker == APP1 && content.startsWith(0, 'E', 'x', 'i', 'f', 0, 0)) {
      orientation = TiffHeader.orientationOfExif(content.part(6, content.size() - 6, "EXIF"));
    } else if (marker >= 0xc0
        && marker <= 0xcf
        && marker != 0xc4
        && marker != 0xc8
        && marker != 0xcc) {
      if (frame != null) {
        throw new CorruptImageException(Fault.CORRUPT, "the JPEG has two frame headers");
      }
      frameMarker = marker;
      frame = content;
    }
  }

  /**
   * Keeps the sum of each quantisation table: it tells the quality, since it falls as the quality
   * rises.
   */
  private void sumTables(Fields content) throws CorruptImageException {
    for (int at = 0; at < content.size(); ) {
      int bytes = content.u8(at) >> 4 == 0 ? 1 : 2;
      int table = content.u8(at) & 3;
      at++;
      int sum = 0;
      for (int i = 0; i < 64; i++, at += bytes) {
        sum += bytes == 1 ? content.u8(at) : content.u16(at);
      }
      tableSums[table] = sum;
    }
  }

  private ImageHeader header() throws CorruptImageException {
    if (frame == null) {
      throw new CorruptImageException(Fault.CORRUPT, "the JPEG has a scan but no frame header");
    }
    boolean progressive = frameMarker == 0xc2 || frameMarker == 0xca;
    boolean sequential = frameMarker == 0xc0 || frameMarker == 0xc1 || frameMarker == 0xc9;
    if (!progressive && !sequential) {
      throw new CorruptImageException(
          Fault.UNSUPPORTED,
          "a lossless or hierarchical JPEG (SOF" + (frameMarker - 0xc0) + ") is not read");
    }
    int bitDepth = frame.u8(0);
    if (bitDepth != 8) {
      throw new CorruptImageException(
          Fault.UNSUPPORTED, "a JPEG of " + bitDepth + " bits is not read, only 8");
    }
    Size size = ImageHeader.declared(frame.u16(3), frame.u16(1));
    int channels = frame.u8(5);
    if (channels != 1 && channels != 3 && channels != 4) {
      throw new CorruptImageException(
          Fault.UNSUPPORTED, "a JPEG of " + channels + " components is not read");
    }
    return new ImageHeader(
        ImageFormat.JPEG, size, channels, bitDepth, progressive, orientation, settings(channels));
  }

  private JpegSettings settings(int channels) throws CorruptImageException {
    int luma = tableSums[frame.u8(8) & 3];
    if (channels == 1) {
      return new JpegSettings(JpegQuality.ofLumaSum(luma), Subsampling.S420);
    }
    int chroma = tableSums[frame.u8(11) & 3];
    int across = frame.u8(7) >> 4;
    int down = frame.u8(7) & 15;
    int chromaAcross = frame.u8(10) >> 4;
    int chromaDown = frame.u8(10) & 15;
    Subsampling subsampling =
        down > chromaDown || across > 2 * chromaAcross
            ? Subsampling.S420
            : across > chromaAcross ? Subsampling.S422 : Subsampling.S444;
    return new JpegSettings(JpegQuality.ofSums(luma, chroma), subsampling);
  }
}
