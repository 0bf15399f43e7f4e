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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a trained network is run over pictures. */
final class InferenceOptions {
  /** One batch is looked at while others are loaded. */
  private static final int QUEUE = 3;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Other weights of the same network (default: the run's best).")
  private Path weights;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "32",
      converter = Converters.Positive.class,
      description = "Pictures that are looked at together (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Mixin private ThreadsOption threads;

  /** The run's network in evaluation mode; LibTorch is loaded for it. */
  Network network(TrainedModel model, Path run) throws IOException {
    Instar.endAtOnceWhenTold();
    LibTorch.load(threads.count());
    return weights == null ? model.network(run) : model.networkOf(weights);
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
            threads.count(),
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
    Path file = weights == null ? run.resolve(TrainedModel.BEST) : weights;
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
    settings.put("threads", String.valueOf(threads.count()));
    settings.put("instar", BuildVersion.number());
    settings.put("libtorch", LibTorch.version());
    settings.put("java", BuildVersion.java());
    settings.put("system", BuildVersion.system());
    return settings;
  }
}
