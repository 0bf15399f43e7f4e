package dev.instar.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeaseTest {
  private static final Holder ELSEWHERE =
      new Holder("node7", "another boot", 1, "2", "", 0, Instant.EPOCH);

  @TempDir Path sweep;

  private Path cell() {
    return sweep.resolve("cells").resolve("a");
  }

  private static Lease.Rhythm rhythm(Duration watched) {
    return new Lease.Rhythm(Duration.ofHours(1), watched, Duration.ofSeconds(90));
  }

  /** The real clocks, with a file server that is ahead. */
  private static LeaseClocks serverAhead(Duration time) {
    return new LeaseClocks(
        folder -> LeaseClocks.REAL.server().now(folder).plus(time),
        System::nanoTime,
        System::currentTimeMillis);
  }

  private Path leaseOf(Holder holder, Duration age) throws IOException {
    Files.createDirectories(cell());
    assertThat(LeaseFile.create(cell(), 1, new LeaseFile.Content(holder, 4, false))).isPresent();
    Path file = cell().resolve("lease.1");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    return file;
  }

  private List<String> leases() throws IOException {
    try (Stream<Path> files = Files.list(cell())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void oneHasItUntilItIsGivenBack() throws Exception {
    try (Lease first = Lease.take(cell()).orElseThrow()) {
      assertThat(Lease.take(cell())).isEmpty();
      assertThat(Lease.holder(cell())).contains(first.holder());
      assertThat(first.lost()).isFalse();
    }
    assertThat(Lease.holder(cell())).isEmpty();
    try (Lease second = Lease.take(cell()).orElseThrow()) {
      assertThat(second.number()).isEqualTo(2);
      assertThat(second.holder().process()).isEqualTo(ProcessHandle.current().pid());
      assertThat(leases()).containsExactly("lease.2");
    }
  }

  @Test
  void ofManyThreadsOneAtATimeHasIt() throws Exception {
    AtomicInteger holders = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    List<Throwable> failures = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () -> {
                while (taken.get() < 40) {
                  try {
                    Optional<Lease> lease = Lease.take(cell());
                    if (lease.isPresent()) {
                      most.accumulateAndGet(holders.incrementAndGet(), Math::max);
                      taken.incrementAndGet();
                      Thread.yield();
                      holders.decrementAndGet();
                      lease.get().close();
                    }
                  } catch (IOException | RuntimeException e) {
                    synchronized (failures) {
                      failures.add(e);
                    }
                    return;
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(most).hasValue(1);
    assertThat(leases()).hasSize(1);
  }

  @Test
  void aHolderElsewhereIsAliveWhileTheServersClockSaysSo() throws Exception {
    leaseOf(ELSEWHERE, Duration.ofHours(5));
    assertThat(Lease.holder(cell())).isEmpty();
    LeaseClocks behind = serverAhead(Duration.ofHours(-5));
    assertThat(Lease.holder(cell(), rhythm(Duration.ZERO), behind)).contains(ELSEWHERE);
    assertThat(Lease.take(cell(), rhythm(Duration.ZERO), behind)).isEmpty();
  }

  @Test
  void aSilentHolderElsewhereIsTakenOver() throws Exception {
    leaseOf(ELSEWHERE, Duration.ofSeconds(91));
    try (Lease lease =
        Lease.take(cell(), rhythm(Duration.ofMillis(1)), LeaseClocks.REAL).orElseThrow()) {
      assertThat(lease.number()).isEqualTo(2);
      assertThat(leases()).containsExactly("lease.2");
    }
  }

  @Test
  void aHolderThatGivesASignWhileItIsWatchedIsAliveWhateverClocksSay() throws Exception {
    for (Duration age : List.of(Duration.ofHours(7), Duration.ofHours(-7))) {
      Path file = leaseOf(ELSEWHERE, age);
      Instant modified = Files.getLastModifiedTime(file).toInstant();
      Thread beating =
          new Thread(
              () -> {
                try {
                  Thread.sleep(50);
                  new LeaseFile(cell(), 1).write(new LeaseFile.Content(ELSEWHERE, 5, false));
                  Files.setLastModifiedTime(file, FileTime.from(modified));
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      beating.start();
      assertThat(Lease.take(cell(), rhythm(Duration.ofMillis(900)), LeaseClocks.REAL)).isEmpty();
      beating.join();
      Files.delete(file);
    }
  }

  @Test
  void aFileThatIsBeingMadeIsSomebodysUntilItIsOld() throws Exception {
    Files.createDirectories(cell());
    Path file = Files.createFile(cell().resolve("lease.3"));
    assertThat(Lease.holder(cell())).map(Holder::host).contains("unknown");
    assertThat(Lease.take(cell())).isEmpty();
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(100)));
    try (Lease lease = Lease.take(cell(), rhythm(Duration.ZERO), LeaseClocks.REAL).orElseThrow()) {
      assertThat(lease.number()).isEqualTo(4);
    }
  }

  @Test
  void aHolderThatSleptTakesTheNextNumberOrStops() throws Exception {
    AtomicLong slept = new AtomicLong();
    LeaseClocks clocks =
        new LeaseClocks(
            LeaseClocks.REAL.server(),
            () -> System.nanoTime() + slept.get() * 1_000_000,
            System::currentTimeMillis);
    Lease lease = Lease.take(cell(), rhythm(Duration.ZERO), clocks).orElseThrow();
    slept.addAndGet(60_000);
    assertThat(lease.lost()).isFalse();
    assertThat(lease.number()).isEqualTo(2);

    slept.addAndGet(100_000);
    Files.setLastModifiedTime(
        cell().resolve("lease.2"), FileTime.from(Instant.now().minusSeconds(100)));
    try (Lease other = Lease.take(cell(), rhythm(Duration.ZERO), LeaseClocks.REAL).orElseThrow()) {
      assertThat(lease.taken()).isTrue();
      assertThat(lease.lost()).isTrue();
      assertThat(other.lost()).isFalse();
      lease.close();
      assertThat(Lease.holder(cell())).contains(other.holder());
    }
  }

  @Test
  void aHolderWhoseSignsCannotBeWrittenStopsBeforeOthersMayThinkItDead() throws Exception {
    AtomicLong passed = new AtomicLong();
    LeaseClocks clocks = new LeaseClocks(LeaseClocks.REAL.server(), System::nanoTime, passed::get);
    Lease lease = Lease.take(cell(), rhythm(Duration.ZERO), clocks).orElseThrow();
    Files.delete(cell().resolve("lease.1"));
    Files.createDirectory(cell().resolve("lease.1"));
    passed.set(50_000);
    assertThat(lease.lost()).isFalse();
    passed.set(91_000);
    assertThat(lease.lost()).isTrue();
  }

  @Test
  void theCancellationOfTheSweepIsALoss() throws Exception {
    try (Lease lease = Lease.take(cell(), LeaseContender.QUICK, LeaseClocks.REAL).orElseThrow()) {
      assertThat(lease.lost()).isFalse();
      Files.createFile(sweep.resolve("cancelled"));
      while (!lease.lost()) {
        Thread.sleep(10);
      }
      assertThat(lease.taken()).isFalse();
    }
    assertThat(Lease.holder(cell())).isEmpty();
  }

  @Test
  void aProcessIsGoneWhenItsNumberIsAnotherOnesOrItIsAZombie() throws Exception {
    Process sleeping = new ProcessBuilder("sleep", "100").start();
    Holder holder =
        new Holder(
            LocalProcesses.HOST,
            LocalProcesses.BOOT,
            sleeping.pid(),
            LocalProcesses.started(sleeping.pid()).orElseThrow(),
            "",
            0,
            Instant.EPOCH);
    assertThat(holder.gone()).isFalse();
    assertThat(LocalProcesses.ended(sleeping.pid(), "1")).isTrue();
    sleeping.destroyForcibly().waitFor();
    assertThat(holder.gone()).isTrue();
    assertThat(ELSEWHERE.gone()).isFalse();
  }

  @Test
  void onlyAnEarlierRunOfTheSameJobIsWaitedFor() {
    Holder own = of("5_6", 2);
    assertThat(of("5_6", 1).isFormerRunOf(own)).isTrue();
    assertThat(of("5_6", 0).isFormerRunOf(own)).isTrue();
    // Other processes of a job, such as those of its other nodes, live as long as this one.
    assertThat(of("5_6", 2).isFormerRunOf(own)).isFalse();
    assertThat(of("5_7", 1).isFormerRunOf(own)).isFalse();
    assertThat(of("", 0).isFormerRunOf(of("", 1))).isFalse();
    assertThat(Holder.here().ofFormerRun()).isFalse();
  }

  private static Holder of(String job, int restarts) {
    return new Holder("node7", "another boot", 1, "2", job, restarts, Instant.EPOCH);
  }
}
