package dev.instar.image;

import dev.instar.memory.Bytes;
import dev.instar.memory.ForeignMemory;
import java.nio.ByteBuffer;

/**
 * Samples without the native core, one step after the other, each over the whole picture: any codec
 * and resampler will do, so it works everywhere. It makes a few small objects a sample.
 */
final class PlainSampleConverter implements SampleConverter {
  private final BatchFormat format;
  private final JpegCodec codec;
  private final Resampler resampler;
  private final SampleWriter writer;
  private final PixelBuffer part = new PixelBuffer();
  private final PixelBuffer resized = new PixelBuffer();
  private final double[] rotation = new double[Rotation.COEFFICIENTS];
  private byte[] sample;
  private byte[] other;

  /** Takes the codec and the resampler over. */
  PlainSampleConverter(BatchFormat format, JpegCodec codec, Resampler resampler) {
    this.format = format;
    this.codec = codec;
    this.resampler = resampler;
    this.writer = new SampleWriter(format);
    int bytes = Math.toIntExact(PixelBuffer.bytesOf(format.size()));
    sample = new byte[bytes];
    other = new byte[bytes];
  }

  @Override
  public void jpeg(long address, int bytes, SamplePlan plan, long slot)
      throws CorruptImageException {
    plan.requireSamplesOf(format.size());
    Bytes jpeg = Bytes.of(ForeignMemory.view(address, bytes));
    ImageHeader header = ImageHeader.read(jpeg);
    if (header.format() != ImageFormat.JPEG) {
      throw new CorruptImageException(Fault.NOT_AN_IMAGE, "decoding the JPEG: it is none");
    }
    if (header.size().width() != plan.width || header.size().height() != plan.height) {
      throw new CorruptImageException(
          Fault.CORRUPT,
          "decoding the JPEG: it has %s pixels, %dx%d were promised"
              .formatted(header.size(), plan.width, plan.height));
    }
    Region crop = new Region(plan.cropX, plan.cropY, plan.cropWidth, plan.cropHeight);
    int denominator = plan.denominator();
    Region reduced = codec.decode(jpeg, header, crop, denominator, part);
    double across = 1.0 / denominator;
    convert(
        new Box(
            crop.x() * across - reduced.x(),
            crop.y() * across - reduced.y(),
            Math.min(crop.right() * across - reduced.x(), part.width()),
            Math.min(crop.bottom() * across - reduced.y(), part.height())),
        plan,
        slot);
  }

  @Override
  public void pixels(long address, SamplePlan plan, long slot) {
    plan.requireSamplesOf(format.size());
    part.reshape(new Size(plan.cropWidth, plan.cropHeight));
    ByteBuffer to = part.asByteBuffer();
    for (int y = 0; y < plan.cropHeight; y++) {
      long row = ((long) plan.cropY + y) * plan.width + plan.cropX;
      to.put(ForeignMemory.view(address + row * PixelBuffer.CHANNELS, part.stride()));
    }
    convert(Box.of(part.size()), plan, slot);
  }

  @Override
  public void close() {
    codec.close();
    resampler.close();
    part.close();
    resized.close();
  }

  /** Makes the sample of {@code box} of {@code part}, which is the plan's crop. */
  private void convert(Box box, SamplePlan plan, long slot) {
    PixelBuffer whole = part;
    if (plan.cropWidth != plan.resizedWidth || plan.cropHeight != plan.resizedHeight) {
      resized.reshape(new Size(plan.resizedWidth, plan.resizedHeight));
      resampler.resize(part, box, resized, Filter.BILINEAR);
      whole = resized;
    }
    int stride = format.size().width() * PixelBuffer.CHANNELS;
    ByteBuffer pixels = whole.asByteBuffer();
    for (int y = 0; y < format.size().height(); y++) {
      int at = (plan.windowY + y) * whole.stride() + plan.windowX * PixelBuffer.CHANNELS;
      pixels.get(at, sample, y * stride, stride);
    }
    if (plan.turn != Turn.NONE) {
      PlainGeometry.turn(plan.turn, format.size(), sample, other);
      exchange();
    }
    if (plan.rotates()) {
      Rotation.about(format.size(), plan.degrees, rotation);
      PlainGeometry.rotate(rotation, plan.fill, format.size(), sample, other);
      exchange();
    }
    if (plan.recolours()) {
      PlainColour.change(plan, sample);
    }
    writer.write(sample, plan, ForeignMemory.view(slot, format.sampleBytes()));
  }

  private void exchange() {
    byte[] made = other;
    other = sample;
    sample = made;
  }
}
