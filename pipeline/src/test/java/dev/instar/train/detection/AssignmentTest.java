package dev.instar.train.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class AssignmentTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void pairsAsScipyDoes() throws IOException {
    try (InputStream text = AssignmentTest.class.getResourceAsStream("assignment.json")) {
      for (JsonNode given : JSON.readTree(text).path("cases")) {
        double[] costs = JSON.convertValue(given.get("costs"), double[].class);
        int[] expected = JSON.convertValue(given.get("columns_of_rows"), int[].class);
        assertThat(Assignment.of(costs, given.get("rows").asInt(), given.get("columns").asInt()))
            .containsExactly(expected);
      }
    }
  }

  @Property(tries = 300)
  void noOtherPairingIsCheaper(
      @ForAll @IntRange(max = 5) int rows,
      @ForAll @IntRange(min = 1, max = 5) int columns,
      @ForAll @IntRange(min = 1, max = 9) int values,
      @ForAll long seed) {
    // Few values make many pairings equally cheap.
    SplittableRandom random = new SplittableRandom(seed);
    double[] costs =
        random.doubles((long) rows * columns).map(x -> Math.floor(x * values) - 2).toArray();
    int[] columnOf = Assignment.of(costs, rows, columns);
    int[] paired = Arrays.stream(columnOf).filter(column -> column >= 0).toArray();
    assertThat(paired).hasSize(Math.min(rows, columns)).doesNotHaveDuplicates();
    assertThat(sum(costs, columns, columnOf))
        .isCloseTo(cheapest(costs, rows, columns, 0, 0), within(1e-9));
  }

  @Test
  void managesAsManyAsDetrHasQueries() {
    int side = 100;
    double[] costs = new SplittableRandom(3).doubles((long) side * side).toArray();
    int[] columnOf = Assignment.of(costs, side, side);
    assertThat(columnOf).doesNotHaveDuplicates();
    // No exchange of two columns makes it cheaper.
    for (int a = 0; a < side; a++) {
      for (int b = 0; b < a; b++) {
        double kept = costs[a * side + columnOf[a]] + costs[b * side + columnOf[b]];
        double exchanged = costs[a * side + columnOf[b]] + costs[b * side + columnOf[a]];
        assertThat(kept).isLessThanOrEqualTo(exchanged + 1e-12);
      }
    }
  }

  @Test
  void refusesCostsThatAreNotFinite() {
    assertThatThrownBy(() -> Assignment.of(new double[] {1, Double.NaN}, 1, 2))
        .hasMessage("a cost of NaN");
    assertThatThrownBy(() -> Assignment.of(new double[] {1, Double.POSITIVE_INFINITY}, 2, 1))
        .hasMessage("a cost of Infinity");
  }

  @Test
  void endsWithCostsWhoseSumsOverflow() {
    double most = Double.MAX_VALUE;
    int[] columnOf = Assignment.of(new double[] {most, -most, -most, most}, 2, 2);
    assertThat(columnOf).doesNotHaveDuplicates();
  }

  private static double sum(double[] costs, int columns, int[] columnOf) {
    double sum = 0;
    for (int row = 0; row < columnOf.length; row++) {
      sum += columnOf[row] < 0 ? 0 : costs[row * columns + columnOf[row]];
    }
    return sum;
  }

  /** The least sum of as many pairs as possible, by trying all. */
  private static double cheapest(double[] costs, int rows, int columns, int row, int taken) {
    int due = Math.min(rows, columns) - Integer.bitCount(taken);
    if (due == 0) {
      return 0;
    }
    double least = Double.POSITIVE_INFINITY;
    if (rows - row > due) {
      least = cheapest(costs, rows, columns, row + 1, taken);
    }
    for (int column = 0; column < columns; column++) {
      if ((taken & 1 << column) == 0) {
        double rest = cheapest(costs, rows, columns, row + 1, taken | 1 << column);
        least = Math.min(least, costs[row * columns + column] + rest);
      }
    }
    return least;
  }
}
