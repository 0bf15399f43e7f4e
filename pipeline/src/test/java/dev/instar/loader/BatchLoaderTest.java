package dev.instar.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.image.BatchFormat.Layout;
import dev.instar.image.PixelType;
import dev.instar.pack.Encoding;
import dev.instar.pack.Pack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What batches hold. */
final class BatchLoaderTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void batchesAreTheSameOnAnyNumberOfThreads(Encoding encoding) throws Exception {
    try (Pack pack = TestCollection.pack(folder, encoding, 50)) {
      Samples samples = TestCollection.samples(pack);
      for (Layout layout : Layout.values()) {
        for (PixelType type : PixelType.values()) {
          PlanOf plan = new PlanOf().format(TestCollection.format(layout, type));
          List<Copied> one = load(samples, plan.threads(1).queue(2), 3, 0);
          assertThat(one).hasSize(13);
          assertThat(load(samples, plan.threads(2).queue(3), 3, 0)).isEqualTo(one);
          assertThat(load(samples, plan.threads(16).queue(5), 3, 0)).isEqualTo(one);
        }
      }
    }
  }

  private static List<Copied> load(Samples samples, PlanOf plan, int epoch, int first)
      throws IOException, InterruptedException {
    try (BatchLoader loader = BatchLoader.open(samples, plan.plan())) {
      return Copied.epoch(loader, epoch, first);
    }
  }
}
