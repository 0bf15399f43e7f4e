package dev.instar.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Leases of three that sleep, wake and give back as it comes, in a time that is made up. */
final class LeasePropertyTest {
  private static final int CONTENDERS = 3;
  private static final Duration STALE = Duration.ofSeconds(90);
  private static final Lease.Rhythm RHYTHM =
      new Lease.Rhythm(Duration.ofHours(1), Duration.ZERO, STALE);

  /** The file server is hours ahead of everybody. */
  private static final long AHEAD_MILLIS = 5 * 3_600_000;

  @Property(tries = 25)
  void whoTookItLastAloneHasItAndWhoIsSilentLosesIt(
      @ForAll @Size(min = 4, max = 40) List<@IntRange(max = 11) Integer> actions)
      throws IOException {
    Path folder = Files.createTempDirectory("lease");
    Play play = new Play(folder);
    try {
      for (int action : actions) {
        int who = action % CONTENDERS;
        switch (action / CONTENDERS) {
          case 0 -> play.take(who);
          case 1 -> play.wake(who);
          case 2 -> play.close(who);
          default -> play.millis += 30_000L * (1 + who);
        }
      }
    } finally {
      for (int who = 0; who < CONTENDERS; who++) {
        play.close(who);
      }
      for (Path file : play.files()) {
        Files.delete(file);
      }
      Files.delete(folder);
    }
  }

  private static final class Play {
    private final Path folder;
    private final Lease[] leases = new Lease[CONTENDERS];
    private final LeaseClocks clocks =
        new LeaseClocks(this::serverTime, () -> this.millis * 1_000_000, () -> this.millis);
    private long millis = 1_000_000_000;
    private int owner = -1;
    private long sign;

    Play(Path folder) {
      this.folder = folder;
    }

    private Instant serverTime(Path of) {
      return Instant.ofEpochMilli(millis + AHEAD_MILLIS);
    }

    List<Path> files() throws IOException {
      try (var files = Files.list(folder)) {
        return files.toList();
      }
    }

    private boolean alive() {
      return owner >= 0 && millis - sign <= STALE.toMillis();
    }

    void take(int who) throws IOException {
      if (leases[who] != null) {
        return;
      }
      boolean free = !alive();
      Optional<Lease> lease = Lease.take(folder, RHYTHM, clocks);
      assertThat(lease.isPresent()).isEqualTo(free);
      if (free) {
        leases[who] = lease.get();
        owner = who;
        signed(who);
      }
    }

    void wake(int who) throws IOException {
      if (leases[who] == null) {
        return;
      }
      leases[who].beat();
      assertThat(leases[who].taken()).isEqualTo(owner != who);
      if (owner == who) {
        signed(who);
      }
    }

    void close(int who) throws IOException {
      if (leases[who] != null) {
        leases[who].close();
        leases[who] = null;
        owner = owner == who ? -1 : owner;
      }
    }

    /** The file system's own clock is not made up. */
    private void signed(int who) throws IOException {
      sign = millis;
      assertThat(files()).containsExactly(folder.resolve("lease." + leases[who].number()));
      Files.setLastModifiedTime(files().get(0), FileTime.from(serverTime(folder)));
    }
  }
}
