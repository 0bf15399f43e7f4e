package dev.instar.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class SpreadTest {
  @Property
  void isMeanAndDeviationOfTheSample(
      @ForAll @Size(min = 2, max = 20) List<@DoubleRange(min = 0, max = 1) Double> values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.size();
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    Spread spread = Spread.of(values.stream().mapToDouble(value -> value).toArray());
    assertThat(spread.n()).isEqualTo(values.size());
    assertThat(spread.mean()).isEqualTo(mean, within(1e-12));
    assertThat(spread.deviation())
        .isEqualTo(Math.sqrt(squares / (values.size() - 1)), within(1e-9));
  }

  @Test
  void knowsNoDeviationOfOneValueAndNoMeanOfNone() {
    assertThat(Spread.of(0.5)).isEqualTo(new Spread(1, 0.5, Double.NaN));
    assertThat(Spread.of()).isEqualTo(new Spread(0, Double.NaN, Double.NaN));
    assertThat(Spread.of(Double.NaN, 0.5, Double.POSITIVE_INFINITY).n()).isEqualTo(1);
  }
}
