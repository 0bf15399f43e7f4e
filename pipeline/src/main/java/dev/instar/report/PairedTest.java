package dev.instar.report;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.TTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * Whether paired differences lie around zero, by two tests: Student's t, which takes them as
 * normally distributed, and Wilcoxon's signed ranks, which takes them as symmetric only and is what
 * Demšar (Statistical comparisons of classifiers over multiple data sets, JMLR 7, 2006, section
 * 3.1) advises for few pairs. Both are of two sides; what cannot be computed is NaN.
 *
 * @param n pairs
 * @param zeros pairs without a difference, which Wilcoxon (1945) leaves out
 * @param mean of the differences
 * @param low the lower end of the 95% confidence interval of the mean, by Student's t
 * @param high its upper end
 * @param t its p-value; NaN for one pair, and where all differences are equal
 * @param wilcoxon its p-value; NaN with fewer than two differences other than zero
 * @param exact whether {@code wilcoxon} is exact; with ties, and for more than {@value #MOST_EXACT}
 *     differences other than zero, it comes from the normal distribution
 */
record PairedTest(
    int n,
    int zeros,
    double mean,
    double low,
    double high,
    double t,
    double wilcoxon,
    boolean exact) {
  /** From here on the normal distribution is as good, and the exact one slow. */
  static final int MOST_EXACT = 50;

  private static final double TAIL = 0.025;

  /** Differences that are equal on paper differ by less; one record of 10^9 counts more. */
  private static final double RESOLUTION = 1e-12;

  /**
   * Tests differences.
   *
   * @param differences finite; at least one
   */
  static PairedTest of(double... differences) {
    double[] rounded =
        Arrays.stream(differences).map(d -> Math.rint(d / RESOLUTION) * RESOLUTION).toArray();
    double[] others = Arrays.stream(rounded).filter(d -> d != 0).toArray();
    DoubleSummaryStatistics range = Arrays.stream(rounded).summaryStatistics();
    boolean varied = range.getMax() - range.getMin() > 2 * RESOLUTION;
    Spread spread = Spread.of(rounded);
    int n = rounded.length;
    double half =
        varied
            ? TDistribution.of(n - 1.0).inverseSurvivalProbability(TAIL)
                * spread.deviation()
                / Math.sqrt(n)
            : Double.NaN;
    double wilcoxon = Double.NaN;
    boolean exact = false;
    if (others.length > 1) {
      boolean few = others.length <= MOST_EXACT;
      WilcoxonSignedRankTest.Result result =
          WilcoxonSignedRankTest.withDefaults()
              .with(few ? PValueMethod.EXACT : PValueMethod.ASYMPTOTIC)
              .test(others);
      exact = few && !result.hasTiedValues();
      // The normal distribution knows nothing of the least that n signs can come to, 2 / 2^n.
      wilcoxon = Math.max(result.getPValue(), Math.scalb(2, -others.length));
    }
    return new PairedTest(
        n,
        n - others.length,
        spread.mean(),
        spread.mean() - half,
        spread.mean() + half,
        varied ? TTest.withDefaults().test(rounded).getPValue() : Double.NaN,
        wilcoxon,
        exact);
  }
}
