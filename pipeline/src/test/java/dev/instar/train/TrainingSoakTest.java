package dev.instar.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.testing.StripedPictures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does memory stay flat over thousands of steps?
 *
 * <p>{@code -Dinstar.soak.steps=10000} makes it as long as one likes; by default it is over in
 * minutes. A crash of native code would leave an hs_err file, and no report of this test.
 */
final class TrainingSoakTest {
  private static final int STEPS = Integer.getInteger("instar.soak.steps", 1000);
  private static final int STEPS_PER_EPOCH = 20;

  /** What allocators keep for themselves varies by this much. */
  private static final long SLACK_BYTES = 64L << 20;

  @TempDir Path folder;

  @Test
  @Tag("slow")
  void memoryIsFlatAfterAWarmUp() throws Exception {
    StripedPictures task = StripedPictures.draw(folder, 2 * STEPS_PER_EPOCH / 4, 1);
    List<String> changes =
        List.of(
            "epochs=" + STEPS / STEPS_PER_EPOCH,
            "batch=2",
            "augmentation.resize=34",
            "augmentation.crop=32",
            "augmentation.mixup=0.2",
            "dropout=0.1",
            "average=0.9",
            "optimizer.rate=1e-4",
            "clip=1");
    List<Long> resident = new ArrayList<>();
    TrainingResult<Measures> result =
        TrainingTest.run(
            task,
            "run",
            changes,
            1,
            () -> {
              resident.add(residentBytes());
              return false;
            });

    assertThat(result.steps()).isEqualTo(STEPS);
    // The first fifth is warm-up: caches of operators, the heap, the optimizer's state.
    int samples = resident.size();
    long early = most(resident.subList(samples / 5, 2 * samples / 5));
    long late = most(resident.subList(4 * samples / 5, samples));
    assertThat(late - early).as("growth of %d bytes", early).isLessThan(SLACK_BYTES);
    try (Stream<Path> files = Files.list(Path.of(""))) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.startsWith("hs_err"));
    }
  }

  private static long most(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  private static long residentBytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
