package dev.instar.loader;

import dev.instar.image.PixelType;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** A batch's values as numbers to calculate with, whatever type they are stored in. */
abstract sealed class BatchValues {
  /** Numbers in a slab of that type. */
  static BatchValues of(ByteBuffer slab, PixelType type) {
    return switch (type) {
      case FLOAT32 -> new Floats(slab.asFloatBuffer());
      case BFLOAT16 -> new BrainFloats(slab.asShortBuffer());
      case UINT8 -> new Bytes(slab);
    };
  }

  /** Reads {@code count} values from the {@code at}th on. */
  abstract void load(int at, float[] into, int count);

  /** Stores {@code count} values from the {@code at}th on, rounded to nearest, ties to even. */
  abstract void store(int at, float[] from, int count);

  private static final class Floats extends BatchValues {
    private final FloatBuffer values;

    Floats(FloatBuffer values) {
      this.values = values;
    }

    @Override
    void load(int at, float[] into, int count) {
      values.get(at, into, 0, count);
    }

    @Override
    void store(int at, float[] from, int count) {
      values.put(at, from, 0, count);
    }
  }

  private static final class BrainFloats extends BatchValues {
    private final ShortBuffer values;

    BrainFloats(ShortBuffer values) {
      this.values = values;
    }

    @Override
    void load(int at, float[] into, int count) {
      for (int i = 0; i < count; i++) {
        into[i] = Float.intBitsToFloat(values.get(at + i) << Short.SIZE);
      }
    }

    @Override
    void store(int at, float[] from, int count) {
      for (int i = 0; i < count; i++) {
        int bits = Float.floatToRawIntBits(from[i]);
        // Values of pictures are finite, so the carry never makes an infinity a NaN.
        values.put(at + i, (short) (bits + 0x7fff + (bits >>> Short.SIZE & 1) >>> Short.SIZE));
      }
    }
  }

  private static final class Bytes extends BatchValues {
    private final ByteBuffer values;

    Bytes(ByteBuffer values) {
      this.values = values;
    }

    @Override
    void load(int at, float[] into, int count) {
      for (int i = 0; i < count; i++) {
        into[i] = values.get(at + i) & 0xff;
      }
    }

    @Override
    void store(int at, float[] from, int count) {
      for (int i = 0; i < count; i++) {
        values.put(at + i, (byte) (int) Math.rint(from[i]));
      }
    }
  }
}
