package dev.instar.train.detection;

import dev.instar.model.Detr;
import dev.instar.model.DetrWeights;
import dev.instar.model.Trainable;
import dev.instar.model.WeightLoading;
import dev.instar.torch.WeightsFile;
import dev.instar.train.WeightReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The weights that a detector begins with. */
final class FirstWeights {
  private FirstWeights() {}

  /**
   * Copies a detector's weights, or those of a residual network into the backbone.
   *
   * @return what a person should know of it
   * @throws IllegalArgumentException if nothing fits
   */
  static List<String> into(Detr detector, Path path) throws IOException {
    try (WeightsFile file = WeightsFile.open(path)) {
      Optional<DetrWeights> whole = DetrWeights.in(file);
      Trainable part = whole.isPresent() ? detector : detector.backbone();
      WeightsFile named = whole.isPresent() ? whole.get() : file;
      return WeightReport.of(path, WeightLoading.into(part, named));
    }
  }
}
