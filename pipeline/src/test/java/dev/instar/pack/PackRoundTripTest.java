package dev.instar.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.pack.Samples.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackRoundTripTest {
  @TempDir(factory = FastFolder.class)
  Path folder;

  @Test
  void givesBackWhatWasWritten() throws IOException {
    List<Sample> samples = Samples.random(100, 5000, 1);
    Path path = Samples.pack(folder.resolve("a.h5"), samples);
    assertHolds(path, samples);
    assertThat(folder).isDirectoryNotContaining("glob:**.partial");
  }

  @Test
  void anEmptyPackIsAPack() throws IOException {
    assertHolds(Samples.pack(folder.resolve("a.h5"), List.of()), List.of());
  }

  static void assertHolds(Path path, List<Sample> samples) throws IOException {
    try (Pack pack = Pack.open(path)) {
      assertThat(pack.size()).isEqualTo(samples.size());
      assertThat(pack.attributes()).isEqualTo(Samples.ATTRIBUTES);
      for (int i = 0; i < samples.size(); i++) {
        Sample sample = samples.get(i);
        assertThat(pack.record(i)).isEqualTo(sample.record());
        assertThat(pack.indexOf(sample.record().name())).hasValue(i);
        assertThat(pack.bytes(i).toArray()).isEqualTo(sample.content());
        assertThat(pack.verify(i)).isTrue();
      }
      assertThat(pack.indexOf("nobody")).isEmpty();
    }
  }
}
