package dev.instar.train;

import dev.instar.evaluate.BatchImages;
import dev.instar.image.BatchFormat;
import dev.instar.image.Normalisation;
import dev.instar.image.PixelType;
import dev.instar.image.Size;
import dev.instar.loader.Augmentation;
import dev.instar.loader.Batch;
import dev.instar.loader.BatchLoader;
import dev.instar.loader.Epoch;
import dev.instar.loader.LoaderPlan;
import dev.instar.loader.Samples;
import dev.instar.loader.Sampling;
import dev.instar.torch.Tensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The mean and the deviation of a set's channels, over all pixels of what a network would see. */
final class ChannelStatistics {
  private static final int CHANNELS = 3;

  /** A set of one colour would be divided by nothing; this is half a grey level. */
  private static final double LEAST_DEVIATION = 0.5 / 255;

  private final double[] sums = new double[CHANNELS];
  private final double[] squares = new double[CHANNELS];
  private double pixels;

  /** Makes the plan of a loader. */
  @FunctionalInterface
  interface Plans {
    LoaderPlan of(Sampling sampling, Augmentation augmentation, BatchFormat format);
  }

  private ChannelStatistics() {}

  /** Reads the set once, every picture cut as for evaluation. */
  static Normalisation of(Samples samples, Augmentation augmentation, Plans plans)
      throws IOException, InterruptedException {
    BatchFormat bytes =
        new BatchFormat(
            new Size(augmentation.crop(), augmentation.crop()),
            BatchFormat.Layout.NCHW,
            PixelType.FLOAT32,
            Normalisation.NONE);
    ChannelStatistics statistics = new ChannelStatistics();
    try (BatchLoader loader =
            BatchLoader.open(
                samples, plans.of(Sampling.SEQUENTIAL, augmentation.forEvaluation(), bytes));
        Epoch epoch = loader.epoch(0, 0)) {
      for (Optional<Batch> next = epoch.next(); next.isPresent(); next = epoch.next()) {
        try (Batch batch = next.get()) {
          statistics.add(batch);
        }
      }
    }
    return statistics.normalisation();
  }

  @SuppressWarnings("try") // the scope owns what is made on the way
  private void add(Batch batch) {
    if (batch.size() == 0) {
      return;
    }
    try (PointerScope scope = new PointerScope()) {
      Tensor images = BatchImages.of(batch, new Device(DeviceType.CPU), ScalarType.Float);
      add(images, sums);
      add(images.mul(images), squares);
      pixels += (double) batch.size() * batch.format().size().pixels();
    }
  }

  private static void add(Tensor values, double[] into) {
    Tensor perChannel =
        values.sum(new long[] {0, 2, 3}, false, new ScalarTypeOptional(ScalarType.Double));
    double[] added = Tensors.doubles(perChannel);
    for (int c = 0; c < CHANNELS; c++) {
      into[c] += added[c];
    }
  }

  private Normalisation normalisation() {
    List<Double> mean = new ArrayList<>();
    List<Double> deviation = new ArrayList<>();
    for (int c = 0; c < CHANNELS; c++) {
      double average = sums[c] / pixels;
      mean.add(average);
      double variance = Math.max(0, squares[c] / pixels - average * average);
      deviation.add(Math.max(LEAST_DEVIATION, Math.sqrt(variance)));
    }
    return new Normalisation(mean, deviation);
  }
}
