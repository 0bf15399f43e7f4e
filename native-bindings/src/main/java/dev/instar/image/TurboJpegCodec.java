package dev.instar.image;

import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import java.lang.ref.Reference;

/**
 * JPEG through the native core: libjpeg-turbo, which skips rows and columns outside a region and
 * stops after its last row.
 */
final class TurboJpegCodec implements JpegCodec {
  private final CoreMessage message = new CoreMessage();

  @Override
  public String name() {
    return "libjpeg-turbo";
  }

  @Override
  public Region decode(
      Bytes jpeg, ImageHeader header, Region region, int denominator, PixelBuffer into)
      throws CorruptImageException {
    return decode(jpeg, header, region, denominator, JpegIndex.NONE, into);
  }

  @Override
  public Region decode(
      Bytes jpeg,
      ImageHeader header,
      Region region,
      int denominator,
      JpegIndex index,
      PixelBuffer into)
      throws CorruptImageException {
    return decode(jpeg, header, region, denominator, index.address(), into);
  }

  private Region decode(
      Bytes jpeg, ImageHeader header, Region region, int denominator, long index, PixelBuffer into)
      throws CorruptImageException {
    Region reduced = JpegCodec.reduced(header, region, denominator);
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
            index,
            into.address(),
            message.address(),
            CoreMessage.BYTES);
    Reference.reachabilityFence(jpeg);
    if (status != NativeCore.OK) {
      throw message.refusal(status);
    }
    return reduced;
  }

  @Override
  public JpegIndex newIndex() {
    long address = NativeCore.instar_jpeg_index_new();
    if (address == JpegIndex.NONE) {
      throw new OutOfMemoryError("no memory outside the heap for the index of a JPEG");
    }
    return new JpegIndex(address);
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
            CoreMessage.BYTES);
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "encoding " + pixels.size() + " pixels as JPEG: " + message);
    }
    return (int) bytes;
  }

  @Override
  public void close() {
    message.close();
  }
}
