package dev.instar.train.detection;

import dev.instar.train.detection.SetCriterion.Target;
import java.util.Arrays;
import java.util.List;

/**
 * Which query of every decoder layer stands for which thing: the pairs that cost the least (Carion
 * et al. 2020, eq. 1; models/matcher.py of the original).
 */
final class Matching {
  // models/matcher.py: --set_cost_class, --set_cost_bbox, --set_cost_giou of the original.
  private static final double CLASS_COST = 1;
  private static final double L1_COST = 5;
  private static final double GIOU_COST = 2;

  private static final int CORNERS = 4;

  private final int labels;
  private final int layers;
  private final int queries;
  private final List<Target> targets;
  private final double[] answers;
  private final int pairs;

  // Of all pairs, layer by layer.
  private final long[] places;
  private final double[] truth;

  private final long[] classes;
  private int paired;

  private Matching(double[] answers, int layers, int queries, int labels, List<Target> targets) {
    this.answers = answers;
    this.layers = layers;
    this.queries = queries;
    this.labels = labels;
    this.targets = targets;
    pairs = targets.stream().mapToInt(target -> Math.min(target.things(), queries)).sum();
    places = new long[layers * pairs];
    truth = new double[layers * pairs * CORNERS];
    classes = new long[layers * targets.size() * queries];
  }

  /**
   * Matches every layer's answers by themselves. Things beyond the number of queries stay without.
   *
   * @param answers {@code [layers, samples, queries, labels + 1 + 4]}, all finite: logits, then
   *     centre x, centre y, width and height
   * @param targets of every sample
   */
  static Matching of(double[] answers, int layers, int queries, int labels, List<Target> targets) {
    Matching matching = new Matching(answers, layers, queries, labels, targets);
    matching.matchAll();
    return matching;
  }

  /** Pairs of one layer; all layers have the same number. */
  int pairs() {
    return pairs;
  }

  /** The place of each pair's query in {@code [layers * samples * queries]}, layer by layer. */
  long[] places() {
    return places;
  }

  /** The true box of each pair, in the order of {@link #places}: centre, width and height. */
  double[] truth() {
    return truth;
  }

  /** {@code [layers * samples * queries]}: the label of each query, "no object" without a pair. */
  long[] classes() {
    return classes;
  }

  private void matchAll() {
    Arrays.fill(classes, labels);
    for (int layer = 0; layer < layers; layer++) {
      for (int sample = 0; sample < targets.size(); sample++) {
        match((layer * targets.size() + sample) * queries, targets.get(sample));
      }
    }
  }

  /**
   * Matches one picture.
   *
   * @param first the place of its first query
   */
  private void match(int first, Target target) {
    double[] costs = new double[target.things() * queries];
    for (int query = 0; query < queries; query++) {
      int at = (first + query) * (labels + 1 + CORNERS);
      double evidence = evidence(at);
      for (int thing = 0; thing < target.things(); thing++) {
        double probability = Math.exp(answers[at + target.labels()[thing]] - evidence);
        costs[thing * queries + query] =
            CLASS_COST * -probability + boxCost(at + labels + 1, target.boxes(), thing * CORNERS);
      }
    }
    int[] queryOf = Assignment.of(costs, target.things(), queries);
    for (int thing = 0; thing < queryOf.length; thing++) {
      if (queryOf[thing] >= 0) {
        int place = first + queryOf[thing];
        places[paired] = place;
        classes[place] = target.labels()[thing];
        for (int i = 0; i < CORNERS; i++) {
          truth[paired * CORNERS + i] = target.boxes()[thing * CORNERS + i];
        }
        paired++;
      }
    }
  }

  /** The logarithm of the sum of exponentials of the logits at {@code at}. */
  private double evidence(int at) {
    double most = answers[at];
    for (int label = 1; label <= labels; label++) {
      most = Math.max(most, answers[at + label]);
    }
    double sum = 0;
    for (int label = 0; label <= labels; label++) {
      sum += Math.exp(answers[at + label] - most);
    }
    return most + Math.log(sum);
  }

  private double boxCost(int at, float[] boxes, int thing) {
    double distance = 0;
    for (int i = 0; i < CORNERS; i++) {
      distance += Math.abs(answers[at + i] - boxes[thing + i]);
    }
    return L1_COST * distance - GIOU_COST * generalisedIou(at, boxes, thing);
  }

  /** Rezatofighi et al. 2019, algorithm 1. */
  private double generalisedIou(int at, float[] boxes, int thing) {
    double overlap = 1;
    double hull = 1;
    double found = 1;
    double wanted = 1;
    for (int axis = 0; axis < 2; axis++) {
      double size = answers[at + 2 + axis];
      double low = answers[at + axis] - size / 2;
      double high = answers[at + axis] + size / 2;
      double wantedSize = boxes[thing + 2 + axis];
      double wantedLow = boxes[thing + axis] - wantedSize / 2;
      double wantedHigh = boxes[thing + axis] + wantedSize / 2;
      overlap *= Math.max(0, Math.min(high, wantedHigh) - Math.max(low, wantedLow));
      hull *= Math.max(high, wantedHigh) - Math.min(low, wantedLow);
      found *= size;
      wanted *= wantedSize;
    }
    double union = found + wanted - overlap;
    return overlap / union - (hull - union) / hull;
  }
}
