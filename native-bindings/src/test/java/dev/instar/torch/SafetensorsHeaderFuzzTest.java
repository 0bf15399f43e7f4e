package dev.instar.torch;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.instar.image.InputException;
import java.nio.file.Path;

/**
 * Any text is a header whose tensors fill the data, or is refused. As an ordinary test this runs
 * over the seeds; with {@code JAZZER_FUZZ=1} it looks for more.
 */
final class SafetensorsHeaderFuzzTest {
  private static final int DATA_BYTES = 96;

  @FuzzTest
  void parses(byte[] text) {
    SafetensorsHeader header;
    try {
      header = SafetensorsHeader.parse(text, DATA_BYTES, new Refusal(Path.of("fuzzed")));
    } catch (InputException refused) {
      assertThat(refused).hasMessageStartingWith("fuzzed ");
      return;
    }
    long filled = 0;
    for (SafetensorsHeader.Entry entry : header.entries().values()) {
      assertThat(entry.begin()).isBetween(0L, entry.end());
      filled += entry.end() - entry.begin();
    }
    assertThat(filled).isEqualTo(DATA_BYTES);
  }
}
