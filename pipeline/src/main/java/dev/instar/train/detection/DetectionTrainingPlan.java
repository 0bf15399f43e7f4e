package dev.instar.train.detection;

import dev.instar.train.Conduct;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What detector is trained on what, and how the work is done.
 *
 * @param photos folders, archives, packs
 * @param boxes the box file, of any form; only photographs that it lists are used
 * @param validation where the photographs are listed that the detector is measured by, among {@code
 *     photos} too; without it, a part of the others is set aside
 * @param aside that part, above 0 and below 1
 * @param weights to begin with: a detector's, or a residual network's for the backbone
 */
public record DetectionTrainingPlan(
    List<String> photos,
    Path boxes,
    Optional<Path> validation,
    double aside,
    DetectionRecipe recipe,
    Optional<Path> weights,
    Conduct conduct) {
  public DetectionTrainingPlan {
    photos = List.copyOf(photos);
  }
}
