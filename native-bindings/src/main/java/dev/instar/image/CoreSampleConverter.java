package dev.instar.image;

import dev.instar.image.BatchFormat.Layout;
import dev.instar.memory.NativeBuffer;
import java.nio.ByteBuffer;

/** Samples in the native core: one call each, no objects, scratch memory that is kept. */
final class CoreSampleConverter implements SampleConverter {
  /** Bytes of {@code instar_plan}: 19 integers, 3 floats, 6 doubles. */
  private static final int PLAN_BYTES = 4 * (19 + 3) + 8 * Rotation.COEFFICIENTS;

  /** Bytes of {@code instar_sample_format}: 4 integers, 6 floats, 3 integers. */
  private static final int FORMAT_BYTES = 4 * (4 + 6 + 3);

  private final Size size;
  private final double[] rotation = new double[Rotation.COEFFICIENTS];
  private final CoreMessage message = new CoreMessage();
  private final NativeBuffer planMemory = NativeBuffer.allocate(PLAN_BYTES);
  private final ByteBuffer plan = planMemory.asByteBuffer();
  private long converter;

  /** With the widest instructions that the processor has. */
  CoreSampleConverter(BatchFormat format) {
    this(format, NativeCore.instar_simd());
  }

  /** With instructions up to {@link NativeCore#SCALAR} or {@link NativeCore#AVX2}. */
  CoreSampleConverter(BatchFormat format, int simd) {
    size = format.size();
    converter = converter(format, simd);
    if (converter == 0) {
      close();
      throw new OutOfMemoryError("no memory outside the heap for a converter of " + size);
    }
  }

  @Override
  public void jpeg(long address, int bytes, SamplePlan plan, long slot)
      throws CorruptImageException {
    prepare(plan);
    int status =
        NativeCore.instar_sample_jpeg(
            converter,
            address,
            bytes,
            planMemory.address(),
            slot,
            message.address(),
            CoreMessage.BYTES);
    if (status != NativeCore.OK) {
      throw message.refusal(status);
    }
  }

  @Override
  public void pixels(long address, SamplePlan plan, long slot) {
    prepare(plan);
    int status = NativeCore.instar_sample_pixels(converter, address, planMemory.address(), slot);
    if (status != NativeCore.OK) {
      throw new OutOfMemoryError(
          "no memory outside the heap to make a sample of " + size + " pixels");
    }
  }

  @Override
  public void close() {
    NativeCore.instar_converter_free(converter);
    converter = 0;
    planMemory.close();
    message.close();
  }

  private static long converter(BatchFormat format, int simd) {
    Normalisation normalisation = format.normalisation();
    try (NativeBuffer memory = NativeBuffer.allocate(FORMAT_BYTES)) {
      ByteBuffer fields = memory.asByteBuffer();
      fields.putInt(format.size().width()).putInt(format.size().height());
      fields.putInt(format.layout() == Layout.CHANNELS_LAST ? 1 : 0);
      fields.putInt(format.type().ordinal());
      normalisation.mean().forEach(mean -> fields.putFloat(mean.floatValue()));
      normalisation.std().forEach(deviation -> fields.putFloat(deviation.floatValue()));
      for (int c = 0; c < PixelBuffer.CHANNELS; c++) {
        fields.putInt(SampleWriter.meanLevel(normalisation, c));
      }
      return NativeCore.instar_converter_new(memory.address(), simd);
    }
  }

  /** Writes what the plan says, in the order of {@code instar_plan}. */
  private void prepare(SamplePlan wanted) {
    if (converter == 0) {
      throw new IllegalStateException("the converter is closed");
    }
    wanted.requireSamplesOf(size);
    plan.clear();
    plan.putInt(wanted.width).putInt(wanted.height);
    plan.putInt(wanted.cropX).putInt(wanted.cropY);
    plan.putInt(wanted.cropWidth).putInt(wanted.cropHeight);
    plan.putInt(wanted.resizedWidth).putInt(wanted.resizedHeight);
    plan.putInt(wanted.windowX).putInt(wanted.windowY);
    plan.putInt(wanted.denominator());
    plan.putInt(wanted.turn.ordinal());
    plan.putInt(wanted.rotates() ? 1 : 0).putInt(wanted.fill);
    plan.putInt(wanted.hueShift);
    plan.putInt(wanted.eraseX).putInt(wanted.eraseY);
    plan.putInt(wanted.eraseWidth).putInt(wanted.eraseHeight);
    plan.putFloat(wanted.brightness).putFloat(wanted.contrast).putFloat(wanted.saturation);
    if (wanted.rotates()) {
      Rotation.about(size, wanted.degrees, rotation);
      for (double coefficient : rotation) {
        plan.putDouble(coefficient);
      }
    }
  }
}
