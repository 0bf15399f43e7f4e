package dev.instar.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Memory outside the heap does not grow with the number of pictures. */
@Tag("slow")
final class LeakTest {
  private static final long PAGE_BYTES = 4096;
  private static final long ALLOWED_BYTES = 24L << 20;

  @ParameterizedTest
  @EnumSource
  void hundredThousandPicturesLeaveMemoryFlat(Codecs codecs) throws Exception {
    if (codecs == Codecs.CORE) {
      NativeCoreAssumption.check();
    }
    try (PixelBuffer picture = TestPictures.photograph(48, 40, 1)) {
      Bytes whole = TestPictures.Kind.S420.of(picture);
      Bytes cut = whole.slice(0, whole.size() / 2);
      convert(codecs, whole, cut, 5_000);
      long before = residentBytes();
      long buffersBefore = NativeBuffer.allocatedBytes();
      convert(codecs, whole, cut, 100_000);
      assertThat(NativeBuffer.allocatedBytes()).isEqualTo(buffersBefore);
      assertThat(residentBytes() - before).isLessThan(ALLOWED_BYTES);
    }
  }

  @Test
  void hundredThousandDamagedPicturesLeaveMemoryFlat() throws Exception {
    NativeCoreAssumption.check();
    try (PixelBuffer picture = TestPictures.photograph(48, 40, 1)) {
      byte[] damaged = TestPictures.Kind.PROGRESSIVE_420.of(picture).toArray();
      // An end marker in the middle of a scan.
      damaged[damaged.length * 2 / 3] = (byte) 0xff;
      damaged[damaged.length * 2 / 3 + 1] = (byte) 0xd9;
      Bytes file = Bytes.copyOf(damaged);
      decodeDamaged(file, 5_000);
      long before = residentBytes();
      decodeDamaged(file, 100_000);
      assertThat(residentBytes() - before).isLessThan(ALLOWED_BYTES);
    }
  }

  private static void convert(Codecs codecs, Bytes whole, Bytes cut, int times) throws Exception {
    try (JpegCodec codec = codecs.newJpegCodec();
        Resampler resampler = codecs.newResampler();
        PixelBuffer decoded = new PixelBuffer();
        PixelBuffer resized = new PixelBuffer(new Size(21, 17));
        NativeBuffer encoded = NativeBuffer.allocate(0)) {
      ImageHeader header = ImageHeader.read(whole);
      for (int i = 0; i < times; i++) {
        codec.decode(whole, header, Region.of(header.size()), 1 << i % 2, decoded);
        resampler.resize(
            decoded, Box.of(decoded.size()), resized, Filter.values()[i % Filter.values().length]);
        codec.encode(resized, header.jpegSettings(), encoded);
        if (i % 10 == 0) {
          refuse(codec, cut, header, decoded);
        }
      }
    }
  }

  private static void decodeDamaged(Bytes file, int times) throws Exception {
    try (JpegCodec codec = Codecs.CORE.newJpegCodec();
        PixelBuffer decoded = new PixelBuffer()) {
      ImageHeader header = ImageHeader.read(file);
      for (int i = 0; i < times; i++) {
        refuse(codec, file, header, decoded);
      }
    }
  }

  private static void refuse(JpegCodec codec, Bytes file, ImageHeader header, PixelBuffer into) {
    try {
      codec.decode(file, header, Region.of(header.size()), 1, into);
    } catch (CorruptImageException expected) {
      return;
    }
    throw new AssertionError("the damaged picture was decoded");
  }

  private static long residentBytes() throws IOException {
    String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
    return Long.parseLong(pages[1]) * PAGE_BYTES;
  }
}
