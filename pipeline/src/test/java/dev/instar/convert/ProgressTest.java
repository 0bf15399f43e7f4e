package dev.instar.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProgressTest {
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final Progress progress =
      Progress.on(new PrintStream(shown, true, StandardCharsets.UTF_8), true, "convert");

  @Test
  void beforeTheFirstPictureThereIsNoRateToGuessFrom() throws Exception {
    progress.begin(200);
    show(0, 0, 0);

    assertThat(text()).contains("0/200  0.0 images/s").doesNotContain("ETA", "NaN", "∞", "MB/s");
  }

  @Test
  void nothingToDoIsNoDivisionByZero() throws Exception {
    progress.begin(0);
    show(0, 0, 0);
    progress.end();

    assertThat(text()).contains("0/0").doesNotContain("NaN", "ETA");
  }

  @ParameterizedTest
  @CsvSource({"50, 3, 900000000", "1999990, 9, 9000000000000"})
  void theBarFitsATerminalOfEightyColumns(int done, int refused, long bytes) throws Exception {
    progress.begin(2_000_000);
    show(done, refused, bytes);

    assertThat(text()).contains("images/s", "MB/s", "ETA");
    assertThat(text().split("\r")).allMatch(line -> line.length() < 80);
  }

  @Test
  void theEndWipesTheBar() throws Exception {
    progress.begin(10);
    show(5, 0, 1000);
    progress.end();

    String[] redraws = text().split("\r");
    assertThat(redraws[redraws.length - 1]).isBlank().hasSameSizeAs(redraws[1]);
  }

  @ParameterizedTest
  @CsvSource({"0, 0s", "59.4, 59s", "187, 3m07s", "7500, 2h05m"})
  void durationsReadAsPeopleSayThem(double seconds, String text) {
    assertThat(Progress.duration(seconds)).isEqualTo(text);
  }

  /** Waits until the bar may be drawn again. */
  private void show(long done, long quarantined, long bytes) throws InterruptedException {
    while (shown.size() == 0) {
      TimeUnit.MILLISECONDS.sleep(20);
      progress.show(done, quarantined, bytes);
    }
  }

  private String text() {
    return shown.toString(StandardCharsets.UTF_8);
  }
}
