package dev.instar.train.detection;

import dev.instar.model.Detr;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * DETR's loss (Carion et al. 2020, section 3.1): every prediction is matched with at most one true
 * box by the Hungarian algorithm, then class, L1 and generalised IoU losses are summed over the
 * answers of every decoder layer.
 */
final class SetCriterion implements AutoCloseable {
  /**
   * What is in one picture.
   *
   * @param labels of each thing
   * @param boxes centre x, centre y, width, height of each as fractions, four numbers a thing
   */
  record Target(int[] labels, float[] boxes) {}

  /**
   * The loss and its parts, of the last layer where nothing else is said.
   *
   * @param total weighted, all layers; it has a gradient. The caller's scope owns it
   */
  record Loss(Tensor total, double classes, double l1, double giou) {}

  SetCriterion(int labels) {
    throw new UnsupportedOperationException();
  }

  /** The loss of a batch; {@code output} has every layer. */
  Loss of(Detr.Output output, List<Target> targets) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
