package dev.instar.evaluate;

import dev.instar.image.BatchFormat;
import dev.instar.image.BatchFormat.Layout;
import dev.instar.image.Normalisation;
import dev.instar.image.PixelBuffer;
import dev.instar.image.PixelType;
import dev.instar.loader.Batch;
import dev.instar.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A batch as a network sees it. */
public final class BatchImages {
  private static final double BYTE = 255;

  private BatchImages() {}

  /**
   * The batch's pictures as {@code [samples, 3, height, width]}, in the memory format that they lie
   * in; bytes are normalised here. Nothing is copied where device and type are those of the batch:
   * the tensor is then gone when the batch is closed.
   */
  public static Tensor of(Batch batch, Device device, ScalarType type) {
    BatchFormat format = batch.format();
    Tensor stored =
        Tensors.wrap(batch.images(), scalarType(format.type()), shape(batch), strides(format));
    Tensor images = stored.to(device, type);
    return format.type() == PixelType.UINT8 ? normalised(images, format.normalisation()) : images;
  }

  private static long[] shape(Batch batch) {
    BatchFormat format = batch.format();
    return new long[] {
      batch.size(), PixelBuffer.CHANNELS, format.size().height(), format.size().width()
    };
  }

  private static long[] strides(BatchFormat format) {
    long width = format.size().width();
    long plane = width * format.size().height();
    return format.layout() == Layout.NCHW
        ? new long[] {PixelBuffer.CHANNELS * plane, plane, width, 1}
        : new long[] {
          PixelBuffer.CHANNELS * plane, 1, PixelBuffer.CHANNELS * width, PixelBuffer.CHANNELS
        };
  }

  private static ScalarType scalarType(PixelType type) {
    return switch (type) {
      case UINT8 -> ScalarType.Byte;
      case BFLOAT16 -> ScalarType.BFloat16;
      case FLOAT32 -> ScalarType.Float;
    };
  }

  private static Tensor normalised(Tensor bytes, Normalisation normalisation) {
    return bytes
        .sub(channels(normalisation.mean(), bytes))
        .div(channels(normalisation.std(), bytes));
  }

  private static Tensor channels(List<Double> values, Tensor like) {
    float[] scaled = new float[PixelBuffer.CHANNELS];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (values.get(i) * BYTE);
    }
    return Tensor.create(scaled)
        .view(1, PixelBuffer.CHANNELS, 1, 1)
        .to(like.device(), like.scalar_type());
  }
}
