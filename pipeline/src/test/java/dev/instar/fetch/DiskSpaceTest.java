package dev.instar.fetch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class DiskSpaceTest {
  private static final long GB = 1_000_000_000;

  @Test
  void whatOthersStillExpectIsNotFree() throws IOException {
    DiskSpace space = new DiskSpace(Path.of("data"), folder -> 10 * GB);
    Meter first = meter("a.zip", 0, 6 * GB);
    space.claim(first);

    Meter second = meter("b.zip", 0, 5 * GB);
    assertThatThrownBy(() -> space.claim(second))
        .hasMessage(
            "5.00 GB more are needed, data has 10.0 GB free, 6.00 GB of it for other files");
    first.reach(3 * GB);
    assertThatCode(() -> space.claim(second)).doesNotThrowAnyException();
  }

  @Test
  void whatLiesThereAlreadyNeedsNoRoom() {
    DiskSpace space = new DiskSpace(Path.of("data"), folder -> GB);

    assertThatCode(() -> space.claim(meter("a.zip", 6 * GB, 6 * GB + GB / 2)))
        .doesNotThrowAnyException();
  }

  @Test
  void aReleasedClaimCountsNoMore() throws IOException {
    DiskSpace space = new DiskSpace(Path.of("data"), folder -> 10 * GB);
    Meter first = meter("a.zip", 0, 6 * GB);
    space.claim(first);
    space.release(first);

    assertThatCode(() -> space.claim(meter("b.zip", 0, 9 * GB))).doesNotThrowAnyException();
  }

  private static Meter meter(String name, long done, long total) {
    Meter meter = new Meter(Fixture.named(name));
    meter.enter(Meter.Phase.FETCHING, done, total);
    return meter;
  }
}
