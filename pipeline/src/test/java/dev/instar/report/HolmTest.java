package dev.instar.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class HolmTest {
  @Test
  void saysWhatRSays() { // p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
    assertThat(Holm.adjusted(new double[] {0.01, 0.04, 0.03, 0.005}))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
  }

  @Test
  void leavesOutWhatWasNoQuestion() {
    assertThat(Holm.adjusted(new double[] {Double.NaN, 0.01, Double.NaN, 0.04}))
        .containsExactly(new double[] {Double.NaN, 0.02, Double.NaN, 0.04}, within(1e-12));
    assertThat(Holm.adjusted(new double[0])).isEmpty();
  }

  @Property
  void keepsTheOrderAndLiesBetweenTheGivenAndBonferroni(
      @ForAll @Size(max = 12) List<@DoubleRange(min = 0, max = 1) Double> values) {
    double[] p = values.stream().mapToDouble(value -> value).toArray();
    double[] adjusted = Holm.adjusted(p);
    for (int i = 0; i < p.length; i++) {
      assertThat(adjusted[i]).isBetween(p[i], Math.min(1, p[i] * p.length));
      for (int j = 0; j < p.length; j++) {
        assertThat(p[i] < p[j] && adjusted[i] > adjusted[j]).isFalse();
      }
    }
  }
}
