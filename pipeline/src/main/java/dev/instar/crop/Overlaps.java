package dev.instar.crop;

import dev.instar.crop.AveragePrecision.Areas;
import dev.instar.crop.AveragePrecision.Picture;
import java.util.Comparator;
import java.util.List;

/**
 * The boxes found in a picture beside the true ones, and which belongs to which: COCOeval's
 * computeIoU and evaluateImg.
 *
 * @param found by falling score, equal ones in the picture's order
 * @param ious of each found box with each true one
 */
record Overlaps(List<Detection> found, List<BoundingBox> truth, double[][] ious) {
  static Overlaps of(Picture picture, int most) {
    List<Detection> found =
        picture.found().stream()
            .sorted(Comparator.comparingDouble(detection -> -detection.score()))
            .limit(most)
            .toList();
    double[][] ious = new double[found.size()][picture.truth().size()];
    for (int d = 0; d < ious.length; d++) {
      for (int g = 0; g < ious[d].length; g++) {
        ious[d][g] = found.get(d).box().iou(picture.truth().get(g));
      }
    }
    return new Overlaps(found, picture.truth(), ious);
  }

  /** What a found box counts as. */
  enum Outcome {
    HIT,
    FALSE,
    /** Neither: it belongs to a true box of another size, or to none and has another size. */
    IGNORED
  }

  /** How many true boxes have a size in {@code areas}. */
  int counted(Areas areas) {
    return (int) truth.stream().filter(areas::has).count();
  }

  /**
   * What each found box counts as: the best first, each takes the true box that it shares most
   * with, if that is {@code threshold} or more and no better one has taken it; true boxes in {@code
   * areas} go before others.
   */
  Outcome[] outcomes(Areas areas, double threshold) {
    int[] order = countedFirst(areas);
    boolean[] taken = new boolean[order.length];
    Outcome[] outcomes = new Outcome[found.size()];
    for (int d = 0; d < outcomes.length; d++) {
      int match = match(d, order, taken, areas, threshold);
      if (match >= 0) {
        taken[match] = true;
        outcomes[d] = areas.has(truth.get(match)) ? Outcome.HIT : Outcome.IGNORED;
      } else {
        outcomes[d] = areas.has(found.get(d).box()) ? Outcome.FALSE : Outcome.IGNORED;
      }
    }
    return outcomes;
  }

  private int match(int d, int[] order, boolean[] taken, Areas areas, double threshold) {
    double best = Math.min(threshold, 1 - 1e-10);
    int match = -1;
    for (int g : order) {
      if (taken[g]) {
        continue;
      }
      if (match >= 0 && areas.has(truth.get(match)) && !areas.has(truth.get(g))) {
        break;
      }
      // Of equal overlaps the later one, as there.
      if (ious[d][g] >= best) {
        best = ious[d][g];
        match = g;
      }
    }
    return match;
  }

  private int[] countedFirst(Areas areas) {
    int[] order = new int[truth.size()];
    int next = 0;
    for (boolean counted : new boolean[] {true, false}) {
      for (int g = 0; g < order.length; g++) {
        if (areas.has(truth.get(g)) == counted) {
          order[next++] = g;
        }
      }
    }
    return order;
  }
}
