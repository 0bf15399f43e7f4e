package dev.instar.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a trained network is run over pictures, as the command line says it. */
final class InferenceOptions {
  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Other weights of the same network (default: the run's best).")
  private Path weights;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "" + Inference.USUAL_BATCH,
      converter = Converters.Positive.class,
      description = "Pictures that are looked at together (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Mixin private ThreadsOption threads;

  /** What the options come to, on the CPU. */
  Inference inference() {
    return new Inference(
        Optional.ofNullable(weights), batch, threads.count(), threads.count(), "cpu");
  }
}
