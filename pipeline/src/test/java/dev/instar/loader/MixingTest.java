package dev.instar.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.instar.image.BatchFormat;
import dev.instar.image.BatchFormat.Layout;
import dev.instar.image.Normalisation;
import dev.instar.image.PixelType;
import dev.instar.image.Size;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MixingTest {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 24;
  private static final int VALUES = WIDTH * HEIGHT * 3;
  private static final int SIZE = 5;

  @ParameterizedTest
  @EnumSource(PixelType.class)
  void mixupBlendsEachSampleWithTheOneAtItsMirroredPlace(PixelType type) {
    BatchFormat format = format(Layout.NCHW, type);
    ByteBuffer slab = slab(format);
    float[][] before = values(slab, format);
    double kept = new Mixing(augmentation(0.4, 0), format).mix(slab, SIZE, 1, 2, 3);
    assertThat(kept).isStrictlyBetween(0.0, 1.0);
    float[][] after = values(slab, format);
    for (int i = 0; i < SIZE; i++) {
      for (int v = 0; v < VALUES; v++) {
        float own = before[i][v];
        float partner = before[SIZE - 1 - i][v];
        float mixed = (float) kept * own + (float) (1 - kept) * partner;
        float stored =
            switch (type) {
              case FLOAT32 -> mixed;
              case BFLOAT16 -> mixed;
              case UINT8 -> (float) Math.rint(mixed);
            };
        // 8 bits of a bfloat16 are significant.
        float tolerance = type == PixelType.BFLOAT16 ? Math.abs(mixed) / 256 : 0;
        if (i != SIZE / 2) {
          assertThat(after[i][v]).isCloseTo(stored, within(tolerance));
        } else {
          assertThat(after[i][v]).isEqualTo(own);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void cutmixExchangesARectangleAndSaysWhatPartItWas(Layout layout) {
    for (PixelType type : PixelType.values()) {
      BatchFormat format = format(layout, type);
      Mixing mixing = new Mixing(augmentation(0, 1), format);
      for (int batch = 0; batch < 20; batch++) {
        ByteBuffer slab = slab(format);
        float[][] before = values(slab, format);
        double kept = mixing.mix(slab, SIZE, 1, 2, batch);
        float[][] after = values(slab, format);
        for (int i = 0; i < SIZE; i++) {
          checkRectangle(layout, before[i], before[SIZE - 1 - i], after[i], kept);
        }
      }
    }
  }

  private static void checkRectangle(
      Layout layout, float[] own, float[] partner, float[] after, double kept) {
    int left = WIDTH;
    int right = 0;
    int top = HEIGHT;
    int bottom = 0;
    int changed = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        boolean here = false;
        for (int c = 0; c < 3; c++) {
          int at = layout == Layout.NCHW ? (c * HEIGHT + y) * WIDTH + x : (y * WIDTH + x) * 3 + c;
          here |= after[at] != own[at];
          assertThat(after[at]).isIn(own[at], partner[at]);
        }
        if (here) {
          changed++;
          left = Math.min(left, x);
          right = Math.max(right, x + 1);
          top = Math.min(top, y);
          bottom = Math.max(bottom, y + 1);
        }
      }
    }
    if (changed > 0) {
      int area = (right - left) * (bottom - top);
      assertThat(kept).isEqualTo(1 - (double) area / (WIDTH * HEIGHT));
      // Random values are rarely equal in all three channels.
      assertThat(changed).isGreaterThan(area * 9 / 10);
    }
  }

  @Test
  void eachBatchDrawsOneOfBoth() {
    BatchFormat format = format(Layout.NCHW, PixelType.FLOAT32);
    Mixing mixing = new Mixing(augmentation(0.3, 1), format);
    int blended = 0;
    for (int batch = 0; batch < 200; batch++) {
      ByteBuffer slab = slab(format);
      float[][] before = values(slab, format);
      mixing.mix(slab, SIZE, 1, 0, batch);
      float after = values(slab, format)[0][0];
      blended += after != before[0][0] && after != before[SIZE - 1][0] ? 1 : 0;
    }
    assertThat(blended).isBetween(60, 140);
  }

  @Test
  void mixesNothingUnlessAsked() {
    assertThat(new Mixing(augmentation(0, 0), format(Layout.NCHW, PixelType.UINT8)).mixes())
        .isFalse();
  }

  private static Augmentation augmentation(double mixup, double cutmix) {
    return TestCollection.mixing(Augmentation.reference(), mixup, cutmix);
  }

  private static BatchFormat format(Layout layout, PixelType type) {
    return new BatchFormat(new Size(WIDTH, HEIGHT), layout, type, Normalisation.NONE);
  }

  private static ByteBuffer slab(BatchFormat format) {
    ByteBuffer slab = ByteBuffer.allocateDirect(SIZE * format.sampleBytes());
    slab.order(ByteOrder.LITTLE_ENDIAN);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < SIZE * VALUES; i++) {
      switch (format.type()) {
        case UINT8 -> slab.put(i, (byte) random.nextInt());
        case BFLOAT16 ->
            slab.putShort(
                2 * i, (short) (Float.floatToIntBits((float) random.nextDouble(-2, 2)) >>> 16));
        case FLOAT32 -> slab.putFloat(4 * i, (float) random.nextDouble(-2, 2));
      }
    }
    return slab;
  }

  private static float[][] values(ByteBuffer slab, BatchFormat format) {
    float[][] values = new float[SIZE][VALUES];
    for (int i = 0; i < SIZE; i++) {
      for (int v = 0; v < VALUES; v++) {
        int at = i * VALUES + v;
        values[i][v] =
            switch (format.type()) {
              case UINT8 -> slab.get(at) & 0xff;
              case BFLOAT16 -> Float.intBitsToFloat(slab.getShort(2 * at) << 16);
              case FLOAT32 -> slab.getFloat(4 * at);
            };
      }
    }
    return values;
  }
}
