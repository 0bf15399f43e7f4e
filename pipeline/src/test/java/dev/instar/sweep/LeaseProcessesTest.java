package dev.instar.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leases among processes, some of which are killed or stopped. */
@Tag("slow")
final class LeaseProcessesTest {
  @TempDir Path folder;

  private Path cell() {
    return folder.resolve("cell");
  }

  private List<String> log() throws IOException {
    Path log = LeaseContender.log(cell());
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  private static void signal(String signal, Process process) throws Exception {
    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
  }

  private void await(String line) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!log().contains(line)) {
      assertThat(System.nanoTime()).as("%s in %s", line, log()).isLessThan(end);
      Thread.sleep(20);
    }
  }

  @Test
  void neverTwoHaveItThoughSomeAreKilled() throws Exception {
    List<Process> contenders = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      contenders.add(LeaseContender.start("race", cell(), i == 0 ? 1_000_000 : 25));
    }
    Process victim = contenders.get(0);
    await("- " + victim.pid());
    victim.destroyForcibly().waitFor();
    for (Process contender : contenders.subList(1, 4)) {
      assertThat(contender.waitFor(60, TimeUnit.SECONDS)).isTrue();
      String words = new String(contender.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(contender.exitValue()).as(words).isZero();
    }

    Set<String> inside = new HashSet<>();
    for (String line : log()) {
      String who = line.substring(2);
      assertThat(line).doesNotStartWith("lost");
      if (line.startsWith("+")) {
        inside.remove(String.valueOf(victim.pid()));
        assertThat(inside).as("in %s", log()).isEmpty();
        inside.add(who);
      } else {
        inside.remove(who);
      }
    }
    assertThat(log()).hasSizeGreaterThan(3 * 25 * 2);
  }

  @Test
  void aKilledHolderOfThisHostIsSucceededAtOnceAndAStoppedOneWhenItIsStale() throws Exception {
    Process killed = LeaseContender.start("hold", cell(), 1);
    await("+ " + killed.pid());
    assertThat(Lease.take(cell())).isEmpty();
    killed.destroyForcibly().waitFor();
    Lease.take(cell()).orElseThrow().close();

    Process stopped = LeaseContender.start("hold", cell(), 1);
    await("+ " + stopped.pid());
    signal("STOP", stopped);
    Optional<Lease> lease = Optional.empty();
    while (lease.isEmpty()) {
      lease = Lease.take(cell(), LeaseContender.QUICK, LeaseClocks.REAL);
    }
    signal("CONT", stopped);
    assertThat(stopped.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(log()).endsWith("lost " + stopped.pid());
    assertThat(lease.get().lost()).isFalse();
    lease.get().close();
  }
}
