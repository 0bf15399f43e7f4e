package dev.instar.evaluate;

import dev.instar.crop.AveragePrecision;
import dev.instar.crop.BoundingBox;
import dev.instar.crop.BoxPairs;
import dev.instar.crop.BoxPairs.Pair;
import dev.instar.crop.BoxRecord;
import dev.instar.crop.Detection;
import dev.instar.crop.Quality;
import dev.instar.evaluate.ConfusionMatrix.Over;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * How good boxes are beside the true ones. Immutable.
 *
 * <p>A photograph without a true box has no insect if its true quality is {@link Quality#EMPTY}, or
 * if the truth states no quality anywhere; any other without a box was not drawn on, and only its
 * quality is looked at.
 */
public final class BoxEvaluation {
  /**
   * One photograph that has a true box, or no insect.
   *
   * @param iou of the best box with the true one that it shares most with; 0 where either is not
   *     there
   */
  public record Judged(Pair pair, double iou) {
    /** Whether there is an insect. */
    public boolean boxed() {
      return !pair.truth().detections().isEmpty();
    }

    /** Whether something was found. */
    public boolean found() {
      return !pair.found().detections().isEmpty();
    }

    /** How wrong it is, from 0 to 1: what the IoU lacks, or the score of a box around nothing. */
    public double error() {
      return boxed() ? 1 - iou : pair.found().best().map(Detection::score).orElse(0f);
    }
  }

  private final List<Judged> photographs;
  private final int unknown;
  private final List<Pair> judgedQualities;

  private BoxEvaluation(List<Judged> photographs, int unknown, List<Pair> judgedQualities) {
    this.photographs = List.copyOf(photographs);
    this.unknown = unknown;
    this.judgedQualities = List.copyOf(judgedQualities);
  }

  /** Compares the boxes of all pairs. */
  public static BoxEvaluation of(BoxPairs boxes) {
    boolean labelled = boxes.pairs().stream().anyMatch(pair -> pair.truth().verdict().isPresent());
    List<Judged> photographs = new ArrayList<>();
    List<Pair> qualities = new ArrayList<>();
    for (Pair pair : boxes.pairs()) {
      BoxRecord truth = pair.truth();
      if (!truth.detections().isEmpty()
          || !labelled
          || truth.verdict().equals(Optional.of(Quality.EMPTY))) {
        photographs.add(new Judged(pair, iou(pair)));
      }
      if (truth.verdict().isPresent() && pair.found().verdict().isPresent()) {
        qualities.add(pair);
      }
    }
    return new BoxEvaluation(photographs, boxes.pairs().size() - photographs.size(), qualities);
  }

  private static double iou(Pair pair) {
    return pair.found()
        .best()
        .map(Detection::box)
        .map(best -> boxes(pair.truth()).stream().mapToDouble(best::iou).max().orElse(0))
        .orElse(0.0);
  }

  private static List<BoundingBox> boxes(BoxRecord record) {
    return record.detections().stream().map(Detection::box).toList();
  }

  /** Photographs that have a true box or no insect. */
  public int size() {
    return photographs.size();
  }

  /** Photographs of which the truth does not say where the insect is. */
  public int unknown() {
    return unknown;
  }

  /** Photographs that have a true box. */
  public int boxed() {
    return (int) photographs.stream().filter(Judged::boxed).count();
  }

  /** The mean IoU over photographs that have a true box. */
  public double meanIou() {
    return photographs.stream().filter(Judged::boxed).mapToDouble(Judged::iou).average().orElse(0);
  }

  /** How many of those with a true box have one found that reaches an IoU. */
  public int reaching(double iou) {
    return (int) photographs.stream().filter(p -> p.boxed() && p.found() && p.iou() >= iou).count();
  }

  /** How many of those with a true box have none found. */
  public int missed() {
    return (int) photographs.stream().filter(p -> p.boxed() && !p.found()).count();
  }

  /** How many of those without an insect have no box found. */
  public int leftEmpty() {
    return (int) photographs.stream().filter(p -> !p.boxed() && !p.found()).count();
  }

  /** COCO's measures over all boxes. */
  public AveragePrecision averagePrecision() {
    return AveragePrecision.of(
        photographs.stream()
            .map(
                p ->
                    new AveragePrecision.Picture(
                        p.pair().found().detections(), boxes(p.pair().truth())))
            .toList());
  }

  /** The worst photographs first; those that are right are left out. */
  public List<Judged> worst(int most) {
    return photographs.stream()
        .filter(photograph -> photograph.error() > 0)
        .sorted(Comparator.comparingDouble(Judged::error).reversed())
        .limit(most)
        .toList();
  }

  /**
   * True and judged qualities, classes in the order of {@link Quality}; none where none is known.
   */
  public Optional<ConfusionMatrix> qualities() {
    return judgedQualities.isEmpty() ? Optional.empty() : Optional.of(qualities(judgedQualities));
  }

  private static ConfusionMatrix qualities(List<Pair> pairs) {
    return ConfusionMatrix.of(
        Quality.values().length,
        pairs.stream().mapToInt(pair -> ordinal(pair.truth())).toArray(),
        pairs.stream().mapToInt(pair -> ordinal(pair.found())).toArray());
  }

  private static int ordinal(BoxRecord record) {
    return record.verdict().orElseThrow().ordinal();
  }

  /**
   * Where the mean IoU lies, from sets that are drawn with replacement from the photographs that
   * have a true box.
   */
  public Interval meanIou(int replicates, long seed) {
    List<Judged> boxed = photographs.stream().filter(Judged::boxed).toList();
    return drawn(
        boxed, replicates, seed, set -> set.stream().mapToDouble(Judged::iou).average().orElse(0));
  }

  /** Where the macro F1 of qualities lies. */
  public Interval macroF1(int replicates, long seed) {
    return drawn(judgedQualities, replicates, seed, set -> qualities(set).macroF1(Over.PRESENT));
  }

  private static <T> Interval drawn(
      List<T> all, int replicates, long seed, ToDoubleFunction<List<T>> measure) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[replicates];
    for (int r = 0; r < replicates; r++) {
      List<T> set = new ArrayList<>(all.size());
      for (int i = 0; i < all.size(); i++) {
        set.add(all.get(random.nextInt(all.size())));
      }
      values[r] = measure.applyAsDouble(set);
    }
    return Bootstrap.middle(values);
  }
}
