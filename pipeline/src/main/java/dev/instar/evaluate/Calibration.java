package dev.instar.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether probabilities mean what they say: of all samples that a network is 80% sure of, it should
 * get 80% right (Guo et al. 2017).
 *
 * @param bins of equal width, by the probability of the predicted class
 */
public record Calibration(List<Bin> bins) {
  /** As many bins as in Guo et al. 2017. */
  public static final int BINS = 15;

  /**
   * Samples that the network is about equally sure of.
   *
   * @param above the probability that all of them exceed
   * @param upTo the greatest probability that belongs here
   * @param accuracy the part that it got right, 0 without samples
   * @param confidence the mean probability of the predicted class, 0 without samples
   */
  public record Bin(double above, double upTo, int count, double accuracy, double confidence) {
    /** How much surer the network is than it should be; negative where it is too modest. */
    public double gap() {
      return confidence - accuracy;
    }
  }

  public Calibration {
    bins = List.copyOf(bins);
  }

  static Calibration of(Outcomes outcomes, int bins) {
    int[] counts = new int[bins];
    int[] hits = new int[bins];
    double[] confidences = new double[bins];
    for (int i = 0; i < outcomes.size(); i++) {
      double confidence = outcomes.confidences()[i];
      int bin = 0;
      while (bin < bins - 1 && confidence > edge(bin + 1, bins)) {
        bin++;
      }
      counts[bin]++;
      hits[bin] += outcomes.predicted()[i] == outcomes.labels()[i] ? 1 : 0;
      confidences[bin] += confidence;
    }
    List<Bin> filled = new ArrayList<>();
    for (int b = 0; b < bins; b++) {
      int divisor = Math.max(1, counts[b]);
      filled.add(
          new Bin(
              edge(b, bins),
              edge(b + 1, bins),
              counts[b],
              (double) hits[b] / divisor,
              confidences[b] / divisor));
    }
    return new Calibration(filled);
  }

  private static double edge(int number, int bins) {
    return (double) number / bins;
  }

  /** The mean gap without its sign, weighted by the bins' samples (Guo et al. 2017, eq. 3). */
  public double expectedError() {
    long size = bins.stream().mapToLong(Bin::count).sum();
    return bins.stream().mapToDouble(bin -> Math.abs(bin.gap()) * bin.count()).sum() / size;
  }

  /** The greatest gap without its sign (Guo et al. 2017, eq. 5). */
  public double greatestError() {
    return bins.stream().mapToDouble(bin -> Math.abs(bin.gap())).max().orElse(0);
  }
}
