package dev.instar.train.detection;

import dev.instar.image.Size;
import dev.instar.loader.Chance;
import dev.instar.loader.Chance.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which photographs make which batch of an epoch: a function of the seed and the epoch.
 *
 * <p>The pictures of a batch have one size, so that none is padded and the network needs no mask
 * (the original pads to the largest and masks). For training, photographs of about one shape come
 * together and are all brought to the size of the batch's first; for measuring, only those whose
 * own sizes are equal.
 */
final class BatchOrder {
  /** Shapes that share a batch differ by a factor of at most 2^(1/8) in their aspect ratio. */
  private static final double SHAPES_PER_OCTAVE = 8;

  private final DetectionSamples samples;
  private final DetectionPlan plan;

  /**
   * A batch to be made.
   *
   * @param number in the epoch, from 0
   * @param samples which of the {@link DetectionSamples}
   * @param size of every picture
   */
  record Planned(int number, int[] samples, Size size) {}

  BatchOrder(DetectionSamples samples, DetectionPlan plan) {
    this.samples = samples;
    this.plan = plan;
  }

  /** The batches of an epoch; every epoch has as many. Each sample is in one of them. */
  List<Planned> of(int epoch) {
    Chance chance = new Chance();
    int[] order = new int[samples.size()];
    Arrays.setAll(order, i -> i);
    if (plan.shuffled()) {
      chance.begin(plan.seed(), epoch, 0, Purpose.ORDER).shuffle(order, 0, order.length);
    }
    List<Planned> batches = new ArrayList<>();
    for (int[] together : grouped(order)) {
      Size first = samples.get(together[0]).photograph();
      int number = batches.size();
      Size size = plan.largestOf(first);
      if (plan.shuffled()) {
        chance.begin(plan.seed(), epoch, number, Purpose.SIZE);
        List<Integer> sides = plan.shorterSides();
        size = plan.sizeOf(first, sides.get(chance.below(sides.size())));
      }
      batches.add(new Planned(number, together, size));
    }
    return batches;
  }

  /** Batches in the order in which they become full, then those that do not. */
  private List<int[]> grouped(int[] order) {
    Function<Size, Object> shape = plan.shuffled() ? BatchOrder::aspect : plan::largestOf;
    Map<Object, List<Integer>> open = new LinkedHashMap<>();
    List<int[]> batches = new ArrayList<>();
    for (int sample : order) {
      Object key = shape.apply(samples.get(sample).photograph());
      List<Integer> batch = open.computeIfAbsent(key, k -> new ArrayList<>());
      batch.add(sample);
      if (batch.size() == plan.batch()) {
        batches.add(ints(batch));
        open.remove(key);
      }
    }
    open.values().forEach(batch -> batches.add(ints(batch)));
    return batches;
  }

  private static Object aspect(Size size) {
    double octaves = StrictMath.log((double) size.width() / size.height()) / StrictMath.log(2);
    return Math.round(octaves * SHAPES_PER_OCTAVE);
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
