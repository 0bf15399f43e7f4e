package dev.instar.image;

import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * JPEG through the native core: libjpeg-turbo, which skips rows and columns outside a region and
 * stops after its last row.
 */
final class TurboJpegCodec implements JpegCodec {
  private static final int MESSAGE_BYTES = 256;

  private final NativeBuffer message = NativeBuffer.allocate(MESSAGE_BYTES);

  @Override
  public String name() {
    return "libjpeg-turbo";
  }

  @Override
  public Region decode(
      Bytes jpeg, ImageHeader header, Region region, int denominator, PixelBuffer into)
      throws CorruptImageException {
    Region reduced = JpegCodec.reduced(header, region, denominator);
    JpegHeader.requireEnd(new Fields(jpeg, "the JPEG"));
    into.reshapeToDeclared(reduced.size());
    int status =
        NativeCore.instar_jpeg_decode(
            jpeg.address(),
            jpeg.size(),
            denominator,
            reduced.x(),
            reduced.y(),
            reduced.width(),
            reduced.height(),
            into.address(),
            message.address(),
            MESSAGE_BYTES);
    Reference.reachabilityFence(jpeg);
    if (status != NativeCore.OK) {
      throw new CorruptImageException(fault(status), "decoding the JPEG: " + message());
    }
    return reduced;
  }

  @Override
  public int encode(PixelBuffer pixels, JpegSettings settings, NativeBuffer into) {
    int subsampling =
        switch (settings.subsampling()) {
          case S420 -> 420;
          case S422 -> 422;
          case S444 -> 444;
        };
    long bound = NativeCore.instar_jpeg_bound(pixels.width(), pixels.height(), subsampling);
    into.ensureCapacity((int) Math.min(bound, Integer.MAX_VALUE - 8L));
    long bytes =
        NativeCore.instar_jpeg_encode(
            pixels.address(),
            pixels.width(),
            pixels.height(),
            settings.quality(),
            subsampling,
            into.address(),
            into.capacity(),
            message.address(),
            MESSAGE_BYTES);
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "encoding " + pixels.size() + " pixels as JPEG: " + message());
    }
    return (int) bytes;
  }

  @Override
  public void close() {
    message.close();
  }

  private static Fault fault(int status) {
    return switch (status) {
      case NativeCore.NOT_AN_IMAGE -> Fault.NOT_AN_IMAGE;
      case NativeCore.UNSUPPORTED -> Fault.UNSUPPORTED;
      case NativeCore.TRUNCATED -> Fault.TRUNCATED;
      case NativeCore.NO_MEMORY -> Fault.TOO_MANY_PIXELS;
      default -> Fault.CORRUPT;
    };
  }

  private String message() {
    ByteBuffer text = message.asByteBuffer();
    byte[] bytes = new byte[MESSAGE_BYTES];
    int length = 0;
    while (length < MESSAGE_BYTES && (bytes[length] = text.get(length)) != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }
}
