package dev.instar.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AxisTest {
  @Property
  void aLinearAxisHoldsItsValuesBetweenItsNamedEnds(
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double a,
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double b) {
    Axis axis = Axis.linear(Math.min(a, b), Math.max(a, b), 10, 110);
    holds(axis, Math.min(a, b));
    holds(axis, Math.max(a, b));
    List<Double> ticks = axis.ticks();
    assertThat(ticks).hasSizeBetween(2, 8).isSorted();
    assertThat(axis.at(ticks.get(0))).isCloseTo(10, within(1e-6));
    assertThat(axis.at(ticks.get(ticks.size() - 1))).isCloseTo(110, within(1e-6));
  }

  @Property
  void aLogarithmicAxisHoldsItsValuesAndGivesEqualRoomToEqualFactors(
      @ForAll @DoubleRange(min = -9, max = 6) double exponent,
      @ForAll @DoubleRange(min = 0, max = 6) double decades) {
    double low = Math.pow(10, exponent);
    double factor = Math.pow(10, decades);
    Axis axis = Axis.logarithmic(low, low * factor, 110, 10);
    holds(axis, low);
    holds(axis, low * factor);
    assertThat(axis.ticks()).hasSizeBetween(1, 18).isSorted();
    assertThat(axis.at(low) - axis.at(low * Math.sqrt(factor)))
        .isCloseTo(axis.at(low * Math.sqrt(factor)) - axis.at(low * factor), within(1e-6));
  }

  private static void holds(Axis axis, double value) {
    double part = (axis.at(value) - axis.start()) / (axis.end() - axis.start());
    assertThat(part).isBetween(-1e-6, 1 + 1e-6);
  }

  @Test
  void namesRoundValues() {
    assertThat(Axis.linear(0.853, 0.991, 0, 1).ticks())
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : a.compareTo(b))
        .containsExactly(0.85, 0.9, 0.95, 1.0);
    assertThat(Axis.logarithmic(0.03, 1.7, 0, 1).ticks())
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : a.compareTo(b))
        .containsExactly(0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.05, 0.05",
    "1e-4, 1e-4",
    "0.00025, 2.5e-4",
    "1, 1",
    "100, 100",
    "1200, 1200",
    "20000, 20k",
    "1500000, 1.5M",
    "-2, -2",
    "0.30000000000000004, 0.3"
  })
  void writesValuesAsShortAsTheyCanBe(double value, String text) {
    assertThat(Figures.tick(value)).isEqualTo(text);
  }
}
