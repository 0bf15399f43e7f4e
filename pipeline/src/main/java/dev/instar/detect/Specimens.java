package dev.instar.detect;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Chooses among candidates that compete.
 *
 * <p>The likeliest candidate is not the best choice: a body with its legs and the same body without
 * them share what is likely. Taken is the box from which most overlap with the true one is to be
 * expected, if each candidate is the true one with its probability.
 */
public final class Specimens {
  /** Candidates that are looked at for a box, likeliest first. */
  private static final int LIKELIEST = 40;

  /** Boxes that share less than this of the smaller one's area are of different specimens. */
  private static final double APART = 0.1;

  /** The least probability of one more, were those before it not there. */
  private static final double ONE_MORE = 0.98;

  private static final int MOST = 8;

  private final List<Candidate> candidates;
  private final double[] weights;
  private final double empty;

  /**
   * @param scores of the candidates, from {@link ContrastModel#score}
   */
  public Specimens(List<Candidate> candidates, double[] scores) {
    this.candidates = candidates;
    // Relative to the greatest or to the empty well, so that nothing overflows.
    double greatest =
        Math.max(0, IntStream.range(0, scores.length).mapToDouble(i -> scores[i]).max().orElse(0));
    weights = new double[scores.length];
    empty = Math.exp(-greatest);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp(scores[i] - greatest);
    }
  }

  /** The probability that there is a specimen. */
  public double probability() {
    return probability(all());
  }

  /** That there is a specimen, were these the only candidates. */
  private double probability(List<Integer> of) {
    double weight = of.stream().mapToDouble(i -> weights[i]).sum();
    return weight > 0 ? weight / (weight + empty) : 0;
  }

  private List<Integer> all() {
    return IntStream.range(0, weights.length).boxed().toList();
  }

  /**
   * The specimens by falling probability, each with that of being there if those before it were
   * not; none if that of the first is below {@code threshold}.
   */
  public List<Detection> boxes(double threshold) {
    List<Detection> found = new ArrayList<>();
    List<Integer> left = all();
    double probability = probability(left);
    double least = threshold;
    while (!left.isEmpty() && found.size() < MOST && probability >= least) {
      BoundingBox box = choose(left);
      found.add(new Detection(box, (float) probability));
      left = left.stream().filter(i -> apart(candidates.get(i).box(), box)).toList();
      probability = probability(left);
      least = Math.max(threshold, ONE_MORE);
    }
    return found;
  }

  private BoundingBox choose(List<Integer> among) {
    List<Integer> likeliest =
        among.stream()
            .sorted(Comparator.comparingDouble((Integer i) -> -weights[i]))
            .limit(LIKELIEST)
            .toList();
    BoundingBox best = candidates.get(likeliest.get(0)).box();
    double most = -1;
    for (int i : likeliest) {
      BoundingBox box = candidates.get(i).box();
      double expected = 0;
      for (int other : likeliest) {
        expected += weights[other] * box.iou(candidates.get(other).box());
      }
      if (expected > most) {
        most = expected;
        best = box;
      }
    }
    return best;
  }

  private static boolean apart(BoundingBox a, BoundingBox b) {
    double width = Math.min(a.x1(), b.x1()) - Math.max(a.x0(), b.x0());
    double height = Math.min(a.y1(), b.y1()) - Math.max(a.y0(), b.y0());
    double smaller = Math.min(area(a), area(b));
    return width <= 0 || height <= 0 || width * height < APART * smaller;
  }

  private static double area(BoundingBox box) {
    return (double) box.width() * box.height();
  }
}
