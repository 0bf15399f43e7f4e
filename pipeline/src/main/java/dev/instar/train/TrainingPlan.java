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
    Conduct conduct) {}
