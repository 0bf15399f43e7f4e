package dev.instar.cli;

import dev.instar.evaluate.TrainedModel;
import dev.instar.image.BatchFormat;
import dev.instar.image.BatchFormat.Layout;
import dev.instar.image.PixelType;
import dev.instar.image.Size;
import dev.instar.loader.BadRecords;
import dev.instar.loader.BatchLoader;
import dev.instar.loader.LoaderPlan;
import dev.instar.loader.Samples;
import dev.instar.loader.Sampling;
import dev.instar.loader.Shard;
import dev.instar.loader.SkippedRecords;
import dev.instar.model.Network;
import dev.instar.publish.Checksum;
import dev.instar.torch.LibTorch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a trained network is run over pictures.
 *
 * @param weights other ones than the best of the run
 * @param batch pictures that are looked at together
 * @param threads that load pictures
 * @param torchThreads that compute
 * @param device {@code cpu} or {@code cuda:N}
 */
record Inference(Optional<Path> weights, int batch, int threads, int torchThreads, String device) {
  /** Pictures that are looked at together if nobody says otherwise, as in the reference. */
  static final int USUAL_BATCH = 32;

  /** One batch is looked at while others are loaded. */
  private static final int QUEUE = 3;

  /** The run's network in evaluation mode, on the CPU; LibTorch is loaded for it. */
  Network network(TrainedModel model, Path run) throws IOException {
    Instar.endAtOnceWhenTold();
    LibTorch.load(torchThreads);
    return weights.isEmpty() ? model.network(run) : model.networkOf(weights.get());
  }

  /** Loads samples in their order as the model wants them; bad ones are left out. */
  BatchLoader loader(TrainedModel model, Samples samples, SkippedRecords listener) {
    int side = model.transform().crop();
    BatchFormat format =
        new BatchFormat(
            new Size(side, side), Layout.NCHW, PixelType.FLOAT32, model.normalisation());
    return BatchLoader.open(
        samples,
        new LoaderPlan(
            batch,
            false,
            threads,
            QUEUE,
            0,
            Sampling.SEQUENTIAL,
            model.transform(),
            format,
            BadRecords.SKIP,
            Shard.WHOLE),
        listener);
  }

  /** What was run with what, by name, for reports. */
  Map<String, String> settings(TrainedModel model, Path run, Path pack, Path metadata)
      throws IOException {
    Path file = weights.orElse(run.resolve(TrainedModel.BEST));
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("architecture", model.architecture());
    settings.put("weights", file.toString());
    settings.put("weights_sha256", Checksum.of(file));
    settings.put("experiment", model.experiment());
    settings.put("pack", pack.toString());
    settings.put("metadata", metadata.toString());
    settings.put("resize", String.valueOf(model.transform().resize()));
    settings.put("crop", String.valueOf(model.transform().crop()));
    settings.put("mean", model.normalisation().mean().toString());
    settings.put("std", model.normalisation().std().toString());
    settings.put("batch", String.valueOf(batch));
    settings.putAll(Software.versions());
    settings.putAll(new Machine().environment(threads, torchThreads, device));
    return settings;
  }
}
