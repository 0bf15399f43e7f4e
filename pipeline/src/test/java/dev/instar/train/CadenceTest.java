package dev.instar.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CadenceTest {
  @ParameterizedTest
  @CsvSource({"90s,90,0", "10m,600,0", "10 min,600,0", "2h,7200,0", "500 steps,0,500", "1step,0,1"})
  void readsTimesAndSteps(String text, long seconds, long steps) {
    assertThat(Cadence.parse(text)).isEqualTo(new Cadence(Duration.ofSeconds(seconds), steps));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "0m", "-5s", "m", "10d", "1.5h", "99999999999s"})
  void refusesWhatIsNeither(String text) {
    assertThatThrownBy(() -> Cadence.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write 10m, 90s, 2h or 500steps");
  }

  @Test
  void isDueAfterTheTimeOrTheSteps() {
    assertThat(Cadence.parse("1s").due(999_999_999L, 1_000_000)).isFalse();
    assertThat(Cadence.parse("1s").due(1_000_000_000L, 0)).isTrue();
    assertThat(Cadence.parse("3steps").due(Long.MAX_VALUE, 2)).isFalse();
    assertThat(Cadence.parse("3steps").due(0, 3)).isTrue();
  }
}
