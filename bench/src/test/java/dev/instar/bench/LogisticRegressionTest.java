package dev.instar.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class LogisticRegressionTest {
  private static final Offset<Double> DIGITS = within(1e-6);

  private static final double[][] ROWS = {
    {0, 10}, {1, 12}, {2, 9}, {3, 30}, {4, 28}, {5, 33},
    {9, 20}, {8, 14}, {10, 25}, {2, 22}, {7, 11}, {6, 31}
  };
  private static final int[] LABELS = {0, 0, 0, 1, 1, 0, 2, 0, 2, 1, 0, 1};

  /**
   * Of scikit-learn 1.2: LogisticRegression(C=10) on standardised features, sample weights of sum
   * 1.
   */
  @Test
  void weightsAreThoseOfScikitLearn() {
    LogisticRegression alike = LogisticRegression.fit(ROWS, LABELS, 3, 0, 0.1);
    assertThat(alike.intercept())
        .containsExactly(new double[] {2.886911495, -0.477242985, -2.409668510}, DIGITS);
    assertThat(alike.weights()[0])
        .containsExactly(new double[] {-0.099899117, -0.195618064, 0.295517182}, DIGITS);
    assertThat(alike.weights()[1])
        .containsExactly(new double[] {-0.082942518, 0.076243676, 0.006698842}, DIGITS);
  }

  @Test
  void rarerClassesCountMoreWhereTheyAreBalanced() {
    LogisticRegression balanced = LogisticRegression.fit(ROWS, LABELS, 3, 0.5, 0.1);
    assertThat(balanced.intercept())
        .containsExactly(new double[] {2.826969181, -0.446035162, -2.380934019}, DIGITS);
    assertThat(balanced.weights()[0])
        .containsExactly(new double[] {-0.112948425, -0.211620394, 0.324568819}, DIGITS);
    assertThat(balanced.weights()[1])
        .containsExactly(new double[] {-0.085071314, 0.078968916, 0.006102398}, DIGITS);
  }
}
