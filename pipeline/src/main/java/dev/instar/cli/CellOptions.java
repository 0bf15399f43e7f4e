package dev.instar.cli;

import dev.instar.sweep.Cell;
import dev.instar.train.Conduct;
import dev.instar.train.TrainingPlan;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One cell in this process, and how any cell is worked on. */
final class CellOptions {
  @Option(
      names = "--cell",
      paramLabel = "NAME",
      description = "Train this cell alone, in this process: what a job of a cluster runs.")
  private String cell;

  @Option(
      names = "--pack",
      paramLabel = "PACK",
      description = "A copy of the pack that is nearer, to read instead.")
  private Path pack;

  @Option(
      names = "--metadata",
      paramLabel = "META",
      description = "A copy of the table that is nearer, to read instead.")
  private Path metadata;

  @Mixin private ConductOptions conduct;

  /** The name of the one cell that this process is to train, if it is to train one. */
  Optional<String> cell() {
    return Optional.ofNullable(cell);
  }

  /** Where a cell's pictures and its table are read. */
  TrainingPlan.Copies copies(Cell of) {
    return new TrainingPlan.Copies(
        pack == null ? of.pack() : pack, metadata == null ? of.metadata() : metadata);
  }

  /**
   * How a cell is trained.
   *
   * @param run the folder of its training
   */
  Conduct conduct(Cell of, Path run) {
    return conduct.of(of.seed(), run, false);
  }
}
