package dev.instar.bench;

import dev.instar.image.BatchFormat;
import dev.instar.image.BatchFormat.Layout;
import dev.instar.image.Normalisation;
import dev.instar.image.PixelType;
import dev.instar.image.Size;
import dev.instar.loader.Augmentation;
import dev.instar.loader.Augmentation.Cropping;
import dev.instar.loader.BadRecords;
import dev.instar.loader.Batch;
import dev.instar.loader.BatchLoader;
import dev.instar.loader.Epoch;
import dev.instar.loader.LoaderPlan;
import dev.instar.loader.Samples;
import dev.instar.loader.Sampling;
import dev.instar.loader.Shard;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.Sources;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Loads samples in batches of 32 and drops them, as {@code peers/loading_torch.py} does; prints
 * what was measured after the warm-up as JSON.
 *
 * <p>{@code bench/java dev.instar.bench.LoadingRun COLLECTION paper|resized THREADS SAMPLES}:
 * {@code paper} is the reference's recipe (a random window of 224, flipped or not, values in [0,
 * 1]), {@code resized} a part of random size and shape with the normalisation of ImageNet.
 */
final class LoadingRun {
  private static final int BATCH = 32;
  private static final int SIDE = 224;

  /** About a second: after it the compiler is done with what runs for each sample. */
  private static final int WARM_UP = 100 * BATCH;

  private LoadingRun() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 4) {
      throw new IllegalArgumentException("COLLECTION paper|resized THREADS SAMPLES");
    }
    int threads = Integer.parseInt(arguments[2]);
    int wanted = Integer.parseInt(arguments[3]);
    try (ImageSource source = Sources.open(List.of(arguments[0]), Limits.DEFAULT);
        BatchLoader loader =
            BatchLoader.open(samples(source), plan(Recipe.of(arguments[1]), threads));
        Batches batches = new Batches(loader)) {
      long warmUp = batches.draw(WARM_UP);
      long waited = loader.waitNanos();
      long begin = System.nanoTime();
      long drawn = batches.draw(wanted);
      double seconds = (System.nanoTime() - begin) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "{\"samples\": %d, \"seconds\": %.6f, \"warm_up\": %d, \"waited_seconds\": %.6f}%n",
          drawn,
          seconds,
          warmUp,
          (loader.waitNanos() - waited) / 1e9);
    }
  }

  private static Samples samples(ImageSource source) {
    int[] records = IntStream.range(0, source.size()).toArray();
    return Samples.of(source, records, new int[records.length], 1);
  }

  private static LoaderPlan plan(Recipe recipe, int threads) {
    return new LoaderPlan(
        BATCH,
        true,
        threads,
        threads + 2,
        1,
        Sampling.SHUFFLED,
        recipe.augmentation,
        new BatchFormat(new Size(SIDE, SIDE), Layout.NCHW, PixelType.FLOAT32, recipe.normalisation),
        BadRecords.FAIL,
        Shard.WHOLE);
  }

  /** What is measured. */
  private enum Recipe {
    PAPER(Augmentation.reference(), Normalisation.NONE),
    RESIZED(LoadingRun.randomResized(), Normalisation.IMAGENET);

    private final Augmentation augmentation;
    private final Normalisation normalisation;

    Recipe(Augmentation augmentation, Normalisation normalisation) {
      this.augmentation = augmentation;
      this.normalisation = normalisation;
    }

    static Recipe of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  /** What ImageNet's networks are usually trained with. */
  static Augmentation randomResized() {
    Augmentation plain = Augmentation.reference();
    return new Augmentation(
        Cropping.RANDOM_RESIZED,
        plain.resize(),
        plain.crop(),
        plain.scale(),
        plain.ratio(),
        plain.flip(),
        0,
        false,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0);
  }

  /** Epoch after epoch. */
  private static final class Batches implements AutoCloseable {
    private final BatchLoader loader;
    private int number;
    private Epoch epoch;

    Batches(BatchLoader loader) {
      this.loader = loader;
      epoch = loader.epoch(number, 0);
    }

    /** Draws at least that many samples and says how many they were. */
    long draw(long samples) throws IOException, InterruptedException {
      long drawn = 0;
      while (drawn < samples) {
        Optional<Batch> next = epoch.next();
        if (next.isPresent()) {
          try (Batch batch = next.get()) {
            drawn += batch.size();
          }
        } else {
          epoch.close();
          epoch = loader.epoch(++number, 0);
        }
      }
      return drawn;
    }

    @Override
    public void close() {
      epoch.close();
    }
  }
}
