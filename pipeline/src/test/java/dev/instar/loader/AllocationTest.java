package dev.instar.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.instar.image.BatchFormat;
import dev.instar.image.Codecs;
import dev.instar.image.CorruptImageException;
import dev.instar.image.SampleConverter;
import dev.instar.image.SamplePlan;
import dev.instar.pack.Encoding;
import dev.instar.pack.Pack;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is allocated for a sample. */
final class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir private Path folder;

  /** Sums what its thread allocates from the start of one sample to that of the next. */
  private static final class Watched implements SampleConverter {
    private final AtomicLong sum;
    private final SampleConverter converter;
    private long last = -1;

    Watched(SampleConverter converter, AtomicLong sum) {
      this.converter = converter;
      this.sum = sum;
    }

    @Override
    public void jpeg(long address, int bytes, SamplePlan plan, long slot)
        throws CorruptImageException {
      long now = THREADS.getCurrentThreadAllocatedBytes();
      sum.addAndGet(last < 0 ? 0 : now - last);
      last = now;
      converter.jpeg(address, bytes, plan, slot);
    }

    @Override
    public void pixels(long address, SamplePlan plan, long slot) {
      throw new IllegalStateException("a pack of JPEGs");
    }

    @Override
    public void close() {
      converter.close();
    }
  }

  @Test
  void workersAllocateNothingForASample() throws Exception {
    assumeTrue(Codecs.chosen() == Codecs.CORE, "the plain converter makes objects");
    AtomicLong sum = new AtomicLong();
    PlanOf plan = new PlanOf().batch(100).threads(1).queue(4);
    try (Pack pack = TestCollection.pack(folder, Encoding.JPEG, 2000);
        BatchLoader loader =
            BatchLoader.open(
                TestCollection.samples(pack),
                plan.plan(),
                (location, reason) -> {},
                (BatchFormat format) -> new Watched(SampleConverter.best(format), sum))) {
      long perSample = Long.MAX_VALUE;
      // The first epochs load classes; compilers take a while to see that nothing escapes.
      for (int epoch = 0; epoch < 12; epoch++) {
        try (Epoch batches = loader.epoch(epoch, 0)) {
          sum.set(0);
          for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
            next.get().close();
          }
        }
        perSample = Math.min(perSample, sum.get() / 2000);
      }
      // A few objects a batch: its list of gaps, its place in a queue of waiting threads.
      assertThat(perSample).isLessThan(8);
    }
  }
}
