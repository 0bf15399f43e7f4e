package dev.instar.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FetchProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void aLineNamesFilesBytesAndWhatIsBeingDone() {
    Meter fetching = meter("a.zip", Meter.Phase.FETCHING, 500_000_000, 2_000_000_000);
    Meter verifying = meter("b.zip", Meter.Phase.VERIFYING, 500_000_000, 1_000_000_000);
    Meter settled = meter("c.zip", Meter.Phase.SETTLED, 0, 1_000_000_000);
    List<Meter> meters = List.of(fetching, verifying, settled);

    assertThat(FetchProgress.on(out, true).line(meters))
        .startsWith("[##########------] 1/3 files  2.50 GB of 4.00 GB  ")
        .hasSizeLessThan(80)
        .contains("  a.zip, ver");
    assertThat(FetchProgress.on(out, false).line(meters))
        .startsWith("1/3 files")
        .endsWith("  a.zip, verifying b.zip 50%");
  }

  @Test
  void aRemarkClearsNothingInALog() {
    FetchProgress progress = FetchProgress.on(out, false);
    progress.say("hello");
    progress.end();

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("instar: hello" + System.lineSeparator());
  }

  @Test
  void unknownSizesBreakNothing() {
    Meter unknown = new Meter(Fixture.named("a.zip"));

    assertThat(FetchProgress.on(out, true).line(List.of(unknown)))
        .isEqualTo("[" + "-".repeat(16) + "] 0/1 files  0 bytes of 0 bytes");
  }

  private static Meter meter(String name, Meter.Phase phase, long done, long total) {
    Meter meter = new Meter(Fixture.named(name));
    meter.enter(phase, done, total);
    return meter;
  }
}
