package dev.instar.train;

import dev.instar.loader.BadRecords;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is trained on what, and how the work is done.
 *
 * @param pack the pictures: a pack, or whatever else {@code convert} reads
 * @param metadata the table that says the split and the class of every picture
 * @param splitColumn of the table
 * @param target the column of the table that names the class
 * @param model of {@link dev.instar.model.Models}, or a TorchScript file
 * @param weights to begin with instead of random ones
 * @param copies what is read in place of {@code pack} and {@code metadata}
 */
public record TrainingPlan(
    Path pack,
    Path metadata,
    String splitColumn,
    String target,
    String model,
    Recipe recipe,
    Optional<Path> weights,
    BadRecords badRecords,
    Conduct conduct,
    Copies copies) {

  /**
   * Files of the same content that are read instead, such as those that a job has put on the disk
   * of its node; or the files themselves. A run notes the others, which are there when it is over.
   */
  public record Copies(Path pack, Path metadata) {}

  /** A plan whose files are read where they are. */
  public TrainingPlan(
      Path pack,
      Path metadata,
      String splitColumn,
      String target,
      String model,
      Recipe recipe,
      Optional<Path> weights,
      BadRecords badRecords,
      Conduct conduct) {
    this(
        pack,
        metadata,
        splitColumn,
        target,
        model,
        recipe,
        weights,
        badRecords,
        conduct,
        new Copies(pack, metadata));
  }
}
