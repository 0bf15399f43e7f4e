package dev.instar.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.memory.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Decoding with an index gives what decoding without one gives, be it pixels or a refusal. */
final class JpegIndexTest {
  private final SplittableRandom random = new SplittableRandom(11);
  private final List<AutoCloseable> toClose = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : toClose) {
      resource.close();
    }
  }

  private <T extends AutoCloseable> T closing(T resource) {
    toClose.add(resource);
    return resource;
  }

  private JpegCodec codec(Codecs codecs) {
    if (codecs == Codecs.CORE) {
      NativeCoreAssumption.check();
    }
    return closing(codecs.newJpegCodec());
  }

  @ParameterizedTest
  @EnumSource
  void pixelsAreThoseOfADecodeWithoutIt(Codecs codecs) throws Exception {
    JpegCodec codec = codec(codecs);
    JpegIndex index = closing(codec.newIndex());
    for (TestPictures.Kind kind : TestPictures.Kind.values()) {
      for (Size size : List.of(new Size(241, 163), new Size(64, 96), new Size(2, 3))) {
        try (PixelBuffer picture = TestPictures.photograph(size.width(), size.height(), 1)) {
          Bytes jpeg = kind.of(picture);
          for (int first = 1; first <= 8; first *= 2) {
            index.clear();
            String what = kind + " " + size + " first at 1/" + first;
            assertSame(codec, index, jpeg, Region.of(size), first, what);
            for (int i = 0; i < 30; i++) {
              assertSame(codec, index, jpeg, region(size), 1 << random.nextInt(4), what);
            }
          }
        }
      }
    }
  }

  @Test
  void damagedFilesGiveThePixelsOrTheRefusalThatTheyGiveWithoutIt() throws Exception {
    JpegCodec codec = codec(Codecs.CORE);
    JpegIndex index = closing(codec.newIndex());
    Damage damage = new Damage(7);
    int pictures = 0;
    int refusals = 0;
    try (PixelBuffer picture = TestPictures.photograph(57, 43, 8)) {
      for (TestPictures.Kind kind : TestPictures.Kind.values()) {
        byte[] original = kind.of(picture).toArray();
        for (int i = 0; i < 600; i++) {
          Bytes jpeg = Bytes.copyOf(damage.of(original));
          ImageHeader header;
          try {
            header = ImageHeader.read(jpeg);
          } catch (InputException e) {
            continue;
          }
          if (header.size().pixels() > 1_000_000) {
            continue;
          }
          index.clear();
          String what = kind + " " + i;
          int first = 1 << random.nextInt(4);
          if (assertSame(codec, index, jpeg, Region.of(header.size()), first, what)) {
            assertSame(codec, index, jpeg, region(header.size()), 1 << random.nextInt(4), what);
            pictures++;
          } else {
            refusals++;
          }
        }
      }
    }
    assertThat(pictures).isGreaterThan(500);
    assertThat(refusals).isGreaterThan(500);
  }

  /** Compares one decode with and without an index; whether there was a picture. */
  private boolean assertSame(
      JpegCodec codec, JpegIndex index, Bytes jpeg, Region region, int denominator, String what)
      throws InputException {
    ImageHeader header = ImageHeader.read(jpeg);
    String asWhat = what + ", " + region + " at 1/" + denominator;
    try (PixelBuffer plain = new PixelBuffer();
        PixelBuffer indexed = new PixelBuffer()) {
      String refusal = "";
      try {
        codec.decode(jpeg, header, region, denominator, plain);
      } catch (CorruptImageException e) {
        refusal = e.fault() + e.getMessage();
      }
      try {
        codec.decode(jpeg, header, region, denominator, index, indexed);
        assertThat(refusal).as(asWhat).isEmpty();
        assertThat(TestPictures.pixels(indexed)).as(asWhat).isEqualTo(TestPictures.pixels(plain));
      } catch (CorruptImageException e) {
        assertThat(e.fault() + e.getMessage()).as(asWhat).isEqualTo(refusal);
      }
      return refusal.isEmpty();
    }
  }

  private Region region(Size size) {
    int x = random.nextInt(size.width());
    int y = random.nextInt(size.height());
    return new Region(
        x, y, 1 + random.nextInt(size.width() - x), 1 + random.nextInt(size.height() - y));
  }
}
