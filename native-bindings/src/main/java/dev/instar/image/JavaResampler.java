package dev.instar.image;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Resampling without native code: the same integers in the same order as the native core's, so the
 * same bytes.
 */
final class JavaResampler implements Resampler {
  private static final int STEP = PixelBuffer.CHANNELS;
  private static final int AREA_ROW_SHIFT = Kernel.AREA_BITS - 7;
  private static final int AREA_COLUMN_SHIFT = Kernel.AREA_BITS + 7;

  private Geometry geometry;
  private Kernel rows;
  private Kernel columns;
  private byte[] line = {};
  private int[] sums = {};
  private byte[] narrowed = {};

  @Override
  public void resize(PixelBuffer source, Box box, PixelBuffer target, Filter filter) {
    Geometry wanted = new Geometry(source.size(), box, target.size(), filter);
    if (!wanted.equals(geometry)) {
      rows = wanted.rows();
      columns = wanted.columns();
      geometry = wanted;
    }
    if (filter == Filter.AREA) {
      area(source, target);
    } else {
      convolve(source, target);
    }
  }

  @Override
  public void close() {
    geometry = null;
    rows = null;
    columns = null;
    line = new byte[0];
    sums = new int[0];
    narrowed = new byte[0];
  }

  private void area(PixelBuffer source, PixelBuffer target) {
    ByteBuffer from = source.asByteBuffer();
    ByteBuffer to = target.asByteBuffer();
    int base = columns.first(0);
    int samples = STEP * (columns.end(target.width() - 1) - base);
    byte[] old = line = atLeast(line, samples);
    byte[] made = narrowed = atLeast(narrowed, target.stride());
    int[] mixed = sums = atLeast(sums, samples);
    int lineRow = -1;
    for (int y = 0; y < target.height(); y++) {
      Arrays.fill(mixed, 0, samples, 1 << (AREA_ROW_SHIFT - 1));
      int weights = rows.record(y) + 2;
      for (int k = 0; k < rows.count(y); k++) {
        int row = rows.first(y) + k;
        if (row != lineRow) {
          from.get(row * source.stride() + base * STEP, old, 0, samples);
          lineRow = row;
        }
        addWeighted(old, rows.records()[weights + k], mixed, samples);
      }
      areaColumns(mixed, base, made, target.width());
      to.put(made, 0, target.stride());
    }
  }

  private static void addWeighted(byte[] old, int weight, int[] mixed, int samples) {
    for (int x = 0; x < samples; x++) {
      mixed[x] += (old[x] & 0xff) * weight;
    }
  }

  private void areaColumns(int[] mixed, int base, byte[] made, int width) {
    int[] records = columns.records();
    for (int i = 0; i < width; i++) {
      int record = columns.record(i);
      int at = (records[record] - base) * STEP;
      int end = record + 2 + records[record + 1];
      int red = 1 << (AREA_COLUMN_SHIFT - 1);
      int green = red;
      int blue = red;
      for (int k = record + 2; k < end; k++, at += STEP) {
        int weight = records[k];
        red += (mixed[at] >> AREA_ROW_SHIFT) * weight;
        green += (mixed[at + 1] >> AREA_ROW_SHIFT) * weight;
        blue += (mixed[at + 2] >> AREA_ROW_SHIFT) * weight;
      }
      made[i * STEP] = (byte) (red >> AREA_COLUMN_SHIFT);
      made[i * STEP + 1] = (byte) (green >> AREA_COLUMN_SHIFT);
      made[i * STEP + 2] = (byte) (blue >> AREA_COLUMN_SHIFT);
    }
  }

  private void convolve(PixelBuffer source, PixelBuffer target) {
    ByteBuffer from = source.asByteBuffer();
    ByteBuffer to = target.asByteBuffer();
    int top = rows.first(0);
    int bottom = rows.end(target.height() - 1);
    int stride = target.stride();
    line = atLeast(line, Math.max(source.stride(), stride));
    narrowed = atLeast(narrowed, Math.multiplyExact(bottom - top, stride));
    sums = atLeast(sums, stride);
    for (int y = top; y < bottom; y++) {
      from.get(y * source.stride(), line, 0, source.stride());
      convolveColumns(line, narrowed, (y - top) * stride, target.width());
    }
    for (int y = 0; y < target.height(); y++) {
      convolveRows(y, top, stride);
      to.put(line, 0, stride);
    }
  }

  private void convolveColumns(byte[] old, byte[] made, int start, int width) {
    int[] records = columns.records();
    for (int i = 0; i < width; i++) {
      int record = columns.record(i);
      int at = records[record] * STEP;
      int end = record + 2 + records[record + 1];
      int red = 1 << (Kernel.CONVOLUTION_BITS - 1);
      int green = red;
      int blue = red;
      for (int k = record + 2; k < end; k++, at += STEP) {
        int weight = records[k];
        red += (old[at] & 0xff) * weight;
        green += (old[at + 1] & 0xff) * weight;
        blue += (old[at + 2] & 0xff) * weight;
      }
      made[start + i * STEP] = clipped(red);
      made[start + i * STEP + 1] = clipped(green);
      made[start + i * STEP + 2] = clipped(blue);
    }
  }

  /** Leaves row {@code y} of the target in {@code line}. */
  private void convolveRows(int y, int top, int stride) {
    Arrays.fill(sums, 0, stride, 1 << (Kernel.CONVOLUTION_BITS - 1));
    int weights = rows.record(y) + 2;
    for (int k = 0; k < rows.count(y); k++) {
      int start = (rows.first(y) - top + k) * stride;
      int weight = rows.records()[weights + k];
      for (int x = 0; x < stride; x++) {
        sums[x] += (narrowed[start + x] & 0xff) * weight;
      }
    }
    for (int x = 0; x < stride; x++) {
      line[x] = clipped(sums[x]);
    }
  }

  private static byte clipped(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> Kernel.CONVOLUTION_BITS));
  }

  private static byte[] atLeast(byte[] scratch, int length) {
    return scratch.length >= length ? scratch : new byte[length];
  }

  private static int[] atLeast(int[] scratch, int length) {
    return scratch.length >= length ? scratch : new int[length];
  }
}
