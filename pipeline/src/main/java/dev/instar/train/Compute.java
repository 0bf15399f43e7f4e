package dev.instar.train;

import dev.instar.image.BatchFormat;
import dev.instar.image.Normalisation;
import dev.instar.image.PixelType;
import dev.instar.image.Size;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Where and how a network is computed. Owns LibTorch's device.
 *
 * @param name {@code cpu} or {@code cuda:N}
 * @param halved whether forward passes are in bfloat16
 */
public record Compute(
    String name, Device device, DeviceType type, boolean halved, boolean channelsLast)
    implements AutoCloseable {
  /**
   * The device that is asked for, LibTorch being loaded.
   *
   * @param wanted {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}
   * @throws IllegalArgumentException if it is none of these, or is not there
   */
  public static Compute of(String wanted, Recipe.Precision precision, boolean channelsLast) {
    String name = wanted.equals("auto") ? (torch.cuda_is_available() ? "cuda:0" : "cpu") : wanted;
    if (name.equals("cuda")) {
      name = "cuda:0";
    }
    if (!name.matches("cpu|cuda:[0-9]{1,2}")) {
      throw new IllegalArgumentException(
          "no device '" + wanted + "'; write auto, cpu, cuda or cuda:N");
    }
    if (!name.equals("cpu")) {
      requireCuda(wanted, Integer.parseInt(name.substring("cuda:".length())));
    }
    DeviceType type = name.equals("cpu") ? DeviceType.CPU : DeviceType.CUDA;
    return new Compute(
        name, new Device(name), type, Autocast.wanted(precision, type), channelsLast);
  }

  private static void requireCuda(String wanted, int index) {
    if (!torch.cuda_is_available()) {
      throw new IllegalArgumentException(
          "--device "
              + wanted
              + ": no GPU can be used here ("
              + (torch.hasCUDA()
                  ? "LibTorch finds none; 'instar doctor' says more"
                  : "this LibTorch is built for processors only")
              + "); --device cpu trains without one");
    }
    int count = torch.cuda_device_count();
    if (index >= count) {
      throw new IllegalArgumentException(
          "--device " + wanted + ": there are " + count + " GPUs, from cuda:0 on");
    }
  }

  /** The type of pictures that the network learns from; those of validation are float32. */
  public ScalarType pictureType() {
    return halved ? ScalarType.BFloat16 : ScalarType.Float;
  }

  /** How batches lie for training. */
  BatchFormat trainingFormat(int side, Normalisation normalisation) {
    return format(side, halved ? PixelType.BFLOAT16 : PixelType.FLOAT32, normalisation);
  }

  /** How batches lie for validation, whose pictures have the type of the weights. */
  BatchFormat validationFormat(int side, Normalisation normalisation) {
    return format(side, PixelType.FLOAT32, normalisation);
  }

  private BatchFormat format(int side, PixelType pixels, Normalisation normalisation) {
    return new BatchFormat(
        new Size(side, side),
        channelsLast ? BatchFormat.Layout.CHANNELS_LAST : BatchFormat.Layout.NCHW,
        pixels,
        normalisation);
  }

  /** Opened around a forward pass and its loss. */
  Autocast autocast() {
    return new Autocast(type, halved);
  }

  @Override
  public void close() {
    device.close();
  }
}
