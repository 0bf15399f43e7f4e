package dev.instar.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.CorruptImageException;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Encoding;
import dev.instar.pack.Pack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nobody waits for ever, whoever is slow, fails, stops or forgets. */
@Timeout(60)
final class LoaderLivenessTest {
  private static final int RECORDS = 60;

  @TempDir private static Path folder;
  private static Pack pack;
  private static Samples samples;

  @BeforeAll
  static void open() throws IOException {
    pack = TestCollection.pack(folder, Encoding.RAW, RECORDS);
    samples = TestCollection.samples(pack);
  }

  @AfterAll
  static void close() {
    pack.close();
  }

  private static BatchLoader loader(PlanOf plan, StubConverter.Before before) {
    return BatchLoader.open(
        samples,
        plan.plan(),
        (location, reason) -> {},
        format -> new StubConverter(format.sampleBytes(), before));
  }

  private static void dawdle(int micros) {
    int random = ThreadLocalRandom.current().nextInt(4);
    if (random == 0) {
      LockSupport.parkNanos(1000L * ThreadLocalRandom.current().nextInt(micros));
    } else if (random == 1) {
      Thread.yield();
    }
  }

  @Test
  void everyEpochEndsWhoeverIsSlow() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    for (int run = 0; run < 120; run++) {
      int readerMicros = random.nextInt(3) * 100;
      int workerMicros = 1 + random.nextInt(3) * 100;
      PlanOf plan =
          new PlanOf()
              .threads(1 + random.nextInt(12))
              .queue(2 + random.nextInt(4))
              .batch(1 + random.nextInt(13))
              .mixed();
      List<Integer> seen = new ArrayList<>();
      try (BatchLoader loader = loader(plan, () -> dawdle(workerMicros))) {
        for (int epoch = 0; epoch < 2; epoch++) {
          seen.clear();
          List<Batch> open = new ArrayList<>();
          try (Epoch batches = loader.epoch(epoch, 0)) {
            for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
              open.add(next.get());
              seen.addAll(Copied.of(next.get()).samples());
              if (readerMicros > 0) {
                dawdle(readerMicros);
              }
              // As many as the queue allows stay open, and go in any order.
              while (open.size() > random.nextInt(plan.queue)) {
                open.remove(random.nextInt(open.size())).close();
              }
            }
            open.forEach(Batch::close);
          }
        }
      }
      assertThat(seen).hasSize(RECORDS).doesNotHaveDuplicates();
    }
  }

  @Test
  void anEpochCanBeClosedAtAnyMoment() throws Exception {
    for (int run = 0; run < 100; run++) {
      try (BatchLoader loader = loader(new PlanOf().threads(5).queue(2), () -> dawdle(100))) {
        for (int taken = 0; taken < 3; taken++) {
          Epoch epoch = loader.epoch(run, 0);
          for (int i = 0; i < taken; i++) {
            epoch.next().orElseThrow().close();
          }
          epoch.close();
          epoch.close();
          assertThat(workers()).isEmpty();
          assertThatThrownBy(epoch::next).hasMessageContaining("the epoch is closed");
        }
        assertThat(Copied.epoch(loader, run, 0)).hasSize(15);
      }
    }
  }

  @Test
  void aReaderThatKeepsAllBatchesIsToldSo() throws Exception {
    try (BatchLoader loader = loader(new PlanOf().queue(3), () -> {})) {
      Batch kept;
      try (Epoch epoch = loader.epoch(0, 0)) {
        kept = epoch.next().orElseThrow();
        Batch second = epoch.next().orElseThrow();
        Batch third = epoch.next().orElseThrow();
        assertThatThrownBy(epoch::next)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("all 3 batches of the queue are open");
        second.close();
        second.close();
        assertThat(Copied.rest(epoch)).hasSize(12);
        third.close();
      }
      // A batch outlives its epoch, and the next epoch goes on with what is left.
      assertThat(Copied.epoch(loader, 1, 0)).hasSize(15);
      assertThat(kept.size()).isEqualTo(4);
      kept.close();
      assertThatThrownBy(kept::images).hasMessageContaining("the batch is closed");
    }
  }

  @Test
  void aDefectOfAnySampleReachesTheReader() {
    for (int at : new int[] {1, 30, RECORDS}) {
      for (Throwable defect :
          List.of(new IllegalStateException("a defect"), new OutOfMemoryError("no more"))) {
        AtomicInteger calls = new AtomicInteger();
        StubConverter.Before before =
            () -> {
              if (calls.incrementAndGet() == at) {
                if (defect instanceof Error error) {
                  throw error;
                }
                throw (RuntimeException) defect;
              }
            };
        try (BatchLoader loader = loader(new PlanOf().threads(3).skip(), before);
            Epoch epoch = loader.epoch(0, 0)) {
          assertThatThrownBy(() -> Copied.rest(epoch))
              .hasMessageContaining(defect.getMessage())
              .isInstanceOf(
                  defect instanceof Error ? OutOfMemoryError.class : IllegalStateException.class);
          assertThatThrownBy(epoch::next).hasMessageContaining(defect.getMessage());
        }
      }
    }
  }

  @Test
  void aReaderThatWaitsCanBeInterruptedAndGoOn() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    StubConverter.Before before =
        () -> {
          while (held.getCount() > 0) {
            LockSupport.parkNanos(100_000);
          }
        };
    try (BatchLoader loader = loader(new PlanOf(), before);
        Epoch epoch = loader.epoch(0, 0)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(epoch::next).isInstanceOf(InterruptedException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      held.countDown();
      assertThat(Copied.rest(epoch)).hasSize(15);
      assertThat(loader.waitNanos()).isNotNegative();
    }
  }

  @Test
  void closingWaitsForWorkersEvenWhereTheCallerIsInterrupted() {
    AtomicInteger busy = new AtomicInteger();
    AtomicReference<Boolean> interrupted = new AtomicReference<>();
    StubConverter.Before before =
        () -> {
          busy.incrementAndGet();
          dawdle(2000);
          busy.decrementAndGet();
        };
    try (BatchLoader loader = loader(new PlanOf().threads(4), before)) {
      Epoch epoch = loader.epoch(0, 0);
      Thread.currentThread().interrupt();
      epoch.close();
      interrupted.set(Thread.interrupted());
      assertThat(busy).hasValue(0);
      assertThat(workers()).isEmpty();
    }
    assertThat(interrupted).hasValue(true);
  }

  @Test
  void aThreadOfItsOwnCanCloseTheEpochThatAReaderWaitsFor() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    StubConverter.Before before =
        () -> {
          waiting.countDown();
          while (held.getCount() > 0) {
            LockSupport.parkNanos(100_000);
          }
        };
    try (BatchLoader loader = loader(new PlanOf(), before)) {
      Epoch epoch = loader.epoch(0, 0);
      Thread closing =
          new Thread(
              () -> {
                try {
                  waiting.await();
                  Thread.sleep(20);
                  held.countDown();
                  epoch.close();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      closing.start();
      // Closed while it waits, or after some batches: it ends, or says so.
      try {
        while (epoch.next().isPresent()) {
          Thread.yield();
        }
      } catch (IllegalStateException closed) {
        assertThat(closed).hasMessageMatching("the epoch is closed|all 3 batches.*");
      }
      closing.join();
      assertThat(workers()).isEmpty();
    }
  }

  @Test
  void closingFreesAllMemoryAndOpeningThatFailsLeavesNone() throws Exception {
    long before = NativeBuffer.allocatedBytes();
    for (int i = 0; i < 20; i++) {
      BatchLoader loader = BatchLoader.open(samples, new PlanOf().mixed().plan());
      Epoch epoch = loader.epoch(0, 0);
      Batch kept = epoch.next().orElseThrow();
      loader.close();
      loader.close();
      assertThatThrownBy(kept::images).isInstanceOf(IllegalStateException.class);
      kept.close();
      assertThatThrownBy(() -> loader.epoch(1, 0)).hasMessageContaining("the loader is closed");
    }
    assertThatThrownBy(
            () ->
                BatchLoader.open(
                    samples,
                    new PlanOf().plan(),
                    (location, reason) -> {},
                    format -> {
                      throw new IllegalStateException("no converter");
                    }))
        .hasMessage("no converter");
    assertThat(NativeBuffer.allocatedBytes()).isEqualTo(before);
  }

  @Test
  void oneEpochAtATime() {
    try (BatchLoader loader = loader(new PlanOf(), () -> {});
        Epoch epoch = loader.epoch(0, 0)) {
      assertThat(epoch).isNotNull();
      assertThatThrownBy(() -> loader.epoch(1, 0)).hasMessageContaining("another epoch is open");
      assertThatThrownBy(() -> loader.epoch(0, 99)).isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void aSourceThatFailsEndsTheEpochEvenWhereBadRecordsAreSkipped() throws Exception {
    NamedSource broken = NamedSource.of("a.jpg", "b.jpg");
    try (BatchLoader loader =
            BatchLoader.open(Samples.unlabelled(broken), new PlanOf().skip().plan());
        Epoch epoch = loader.epoch(0, 0)) {
      // Empty files are bad records.
      assertThatThrownBy(epoch::next)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("none of its 2 records");
    }
    Samples unreadable = Samples.unlabelled(new FailingSource());
    try (BatchLoader loader = BatchLoader.open(unreadable, new PlanOf().skip().plan());
        Epoch epoch = loader.epoch(0, 0)) {
      assertThatThrownBy(epoch::next)
          .isExactlyInstanceOf(IOException.class)
          .hasMessage("the disk: it is gone");
    }
  }

  @Test
  void badRecordsAreSkippedUnderLoad() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    StubConverter.Before before =
        () -> {
          dawdle(50);
          if (calls.incrementAndGet() % 3 == 0) {
            throw new CorruptImageException(Fault.CORRUPT, "every third");
          }
        };
    try (Pack jpegs = TestCollection.pack(folder, Encoding.JPEG, RECORDS);
        BatchLoader loader =
            BatchLoader.open(
                TestCollection.samples(jpegs),
                new PlanOf().threads(6).queue(2).skip().plan(),
                (location, reason) -> {},
                format -> new StubConverter(format.sampleBytes(), before))) {
      int kept = 0;
      for (int epoch = 0; epoch < 10; epoch++) {
        kept += Copied.epoch(loader, epoch, 0).stream().mapToInt(b -> b.samples().size()).sum();
      }
      assertThat(kept).isEqualTo(400);
      assertThat(loader.skipped()).isEqualTo(200);
    }
  }

  private static List<Thread> workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("instar-loader-"))
        .toList();
  }
}
