package dev.instar.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PairedTestTest {
  static Stream<JsonNode> cases() throws IOException {
    try (InputStream text = PairedTestTest.class.getResourceAsStream("paired.json")) {
      JsonNode cases = new ObjectMapper().readTree(text).path("cases");
      return StreamSupport.stream(cases.spliterator(), false);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saysWhatSciPySays(JsonNode expected) {
    double[] differences =
        StreamSupport.stream(expected.path("differences").spliterator(), false)
            .mapToDouble(JsonNode::asDouble)
            .toArray();
    PairedTest test = PairedTest.of(differences);
    assertThat(test.n()).isEqualTo(differences.length);
    assertThat(test.zeros()).isEqualTo(expected.path("zeros").asInt());
    assertSame(test.mean(), expected, "mean");
    assertSame(Spread.of(differences).deviation(), expected, "deviation");
    assertSame(test.low(), expected, "low");
    assertSame(test.high(), expected, "high");
    assertSame(test.t(), expected, "t");
    assertSame(test.wilcoxon(), expected, "wilcoxon");
    assertThat(test.exact()).isEqualTo(expected.path("exact").asBoolean());
  }

  /** What SciPy cannot compute is absent there and NaN here. */
  private static void assertSame(double value, JsonNode expected, String name) {
    if (expected.has(name)) {
      double wanted = expected.get(name).asDouble();
      assertThat(value).as(name).isCloseTo(wanted, within(1e-9));
    } else {
      assertThat(value).as(name).isNaN();
    }
  }

  @Test
  void takesDifferencesThatAreEqualOnPaperForEqual() {
    PairedTest test = PairedTest.of(0.9 - 0.8, 0.8 - 0.7, 0.3 - 0.2);
    assertThat(test.t()).isNaN();
    assertThat(test.low()).isNaN();
    assertThat(test.exact()).isFalse();
    assertThat(PairedTest.of(0.3 - (0.1 + 0.2), 0.01).zeros()).isEqualTo(1);
  }

  @Test
  void saysThatItIsNotExactOfMoreThanFiftyDifferences() {
    double[] differences = new double[51];
    Arrays.setAll(differences, i -> (i % 3 == 0 ? -1 : 1) * (i + 1) / 1000.0);
    // scipy.stats.wilcoxon(d, mode="approx", correction=True).pvalue
    assertThat(PairedTest.of(differences).exact()).isFalse();
    assertThat(PairedTest.of(differences).wilcoxon()).isCloseTo(0.02600089636093067, within(1e-9));
    // and mode="exact"
    double[] fewer = Arrays.copyOf(differences, 50);
    assertThat(PairedTest.of(fewer).exact()).isTrue();
    assertThat(PairedTest.of(fewer).wilcoxon()).isCloseTo(0.03996834652842374, within(1e-9));
  }

  @Property
  void turnsRoundWithTheDifferences(
      @ForAll @Size(min = 2, max = 12) List<@DoubleRange(min = -1, max = 1) Double> values) {
    double[] differences = values.stream().mapToDouble(value -> value).toArray();
    PairedTest test = PairedTest.of(differences);
    PairedTest turned = PairedTest.of(Arrays.stream(differences).map(d -> -d).toArray());
    assertThat(turned.mean()).isEqualTo(-test.mean(), within(1e-12));
    assertThat(turned.t()).isEqualTo(test.t(), within(1e-9));
    assertThat(turned.wilcoxon()).isEqualTo(test.wilcoxon(), within(1e-9));
    assertThat(turned.low()).isEqualTo(-test.high(), within(1e-9));
  }

  @Property
  void neverIsSurerThanSignsCanBe(
      @ForAll @Size(min = 2, max = 8) List<@DoubleRange(min = -3, max = 3) Double> values) {
    double[] coarse = values.stream().mapToDouble(value -> Math.rint(value) / 100).toArray();
    PairedTest test = PairedTest.of(coarse);
    if (!Double.isNaN(test.wilcoxon())) {
      assertThat(test.wilcoxon()).isBetween(2 / Math.pow(2, test.n() - test.zeros()), 1.0);
    }
  }
}
