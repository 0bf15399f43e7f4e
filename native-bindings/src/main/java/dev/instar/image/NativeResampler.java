package dev.instar.image;

import dev.instar.memory.NativeBuffer;

/** Resampling in the native core. */
final class NativeResampler implements Resampler {
  private final int simd;
  private final NativeBuffer rows = NativeBuffer.allocate(0);
  private final NativeBuffer columns = NativeBuffer.allocate(0);
  private Geometry geometry;
  private int rowTaps;
  private int columnTaps;

  /** With the widest instructions that the processor has. */
  NativeResampler() {
    this(NativeCore.instar_simd());
  }

  /** With instructions up to {@link NativeCore#SCALAR} or {@link NativeCore#AVX2}. */
  NativeResampler(int simd) {
    this.simd = simd;
  }

  @Override
  public void resize(PixelBuffer source, Box box, PixelBuffer target, Filter filter) {
    prepare(new Geometry(source.size(), box, target.size(), filter));
    int status =
        filter == Filter.AREA
            ? NativeCore.instar_area(
                source.address(),
                source.stride(),
                rows.address(),
                rowTaps,
                columns.address(),
                columnTaps,
                target.address(),
                target.width(),
                target.height(),
                simd)
            : NativeCore.instar_convolve(
                source.address(),
                source.stride(),
                rows.address(),
                rowTaps,
                columns.address(),
                columnTaps,
                target.address(),
                target.width(),
                target.height(),
                simd);
    if (status != NativeCore.OK) {
      throw new OutOfMemoryError(
          "no memory outside the heap to resample " + source.size() + " to " + target.size());
    }
  }

  @Override
  public void close() {
    rows.close();
    columns.close();
  }

  private void prepare(Geometry wanted) {
    if (wanted.equals(geometry)) {
      return;
    }
    rowTaps = copy(wanted.rows(), rows);
    columnTaps = copy(wanted.columns(), columns);
    geometry = wanted;
  }

  private static int copy(Kernel kernel, NativeBuffer into) {
    int[] records = kernel.records();
    into.ensureCapacity(Math.multiplyExact(records.length, Integer.BYTES));
    into.asByteBuffer().asIntBuffer().put(records);
    return kernel.taps();
  }
}
