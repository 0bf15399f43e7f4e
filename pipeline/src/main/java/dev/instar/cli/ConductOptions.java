package dev.instar.cli;

import dev.instar.train.Cadence;
import dev.instar.train.Conduct;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a training is carried out; nothing of it decides what the run is about. */
final class ConductOptions {
  /** Loading for a network on the processor takes little beside computing it. */
  private static final int CORES_PER_LOADER = 4;

  @Option(
      names = "--device",
      paramLabel = "WHERE",
      defaultValue = "auto",
      description = "auto, cpu, cuda or cuda:N (auto).")
  private String device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "Threads that load (a quarter of the cores).")
  private Integer threads;

  @Option(
      names = "--torch-threads",
      paramLabel = "N",
      converter = Converters.Positive.class,
      description = "Threads that compute (what Slurm or the machine grants).")
  private Integer torchThreads;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "HOW-LONG",
      defaultValue = "10m",
      converter = Converters.HowOften.class,
      description = "10m, 90s, 2h, 500steps: what a kill may lose (10m).")
  private Cadence checkpointEvery;

  /** Threads that load where as many cores compute. */
  static int loaders(int cores) {
    return Math.max(1, cores / CORES_PER_LOADER);
  }

  /** What the options come to. */
  Conduct of(long seed, Path folder, boolean overwrite) {
    int cores = Runtime.getRuntime().availableProcessors();
    return new Conduct(
        seed,
        device,
        threads != null ? threads : loaders(cores),
        torchThreads != null ? torchThreads : cores,
        checkpointEvery,
        folder,
        overwrite);
  }
}
