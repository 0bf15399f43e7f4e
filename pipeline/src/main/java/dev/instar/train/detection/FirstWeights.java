package dev.instar.train.detection;

import dev.instar.model.Detr;
import dev.instar.model.Trainable;
import dev.instar.model.WeightLoading;
import dev.instar.torch.WeightsFile;
import dev.instar.train.WeightReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The weights that a detector begins with. */
final class FirstWeights {
  /** In the names of every DETR's queries, Hugging Face's and the original's, and in no other's. */
  private static final String QUERIES = "query_";

  private FirstWeights() {}

  /**
   * Copies a detector's weights, or those of a residual network into the backbone.
   *
   * @return what a person should know of it
   * @throws IllegalArgumentException if nothing fits
   */
  static List<String> into(Detr detector, Path path) throws IOException {
    try (WeightsFile file = WeightsFile.open(path)) {
      boolean whole = file.tensors().keySet().stream().anyMatch(name -> name.contains(QUERIES));
      Trainable part = whole ? detector : detector.backbone();
      return WeightReport.of(path, WeightLoading.into(part, file));
    }
  }
}
