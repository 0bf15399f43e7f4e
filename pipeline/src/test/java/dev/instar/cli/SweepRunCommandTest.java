package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.sweep.Cell;
import dev.instar.sweep.CellFolder;
import dev.instar.sweep.CellState;
import dev.instar.sweep.Holder;
import dev.instar.sweep.Lease;
import dev.instar.sweep.Sweep;
import dev.instar.sweep.Sweep.PlannedCell;
import dev.instar.sweep.SweepPlan;
import dev.instar.testing.StripedPictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class SweepRunCommandTest {
  @TempDir Path folder;

  private Sweep sweep(int cells, int epochs) throws Exception {
    StripedPictures task = StripedPictures.draw(folder, 6, 2);
    Path plan =
        Files.writeString(
            folder.resolve("plan.yaml"),
            """
            pack: %s
            metadata: %s
            split_column: split
            target: order
            model: resnet18
            set: {augmentation.resize: 34, augmentation.crop: 32, batch: 8, epochs: %d}
            axes: {}
            repeats: %d
            """
                .formatted(task.pictures(), task.table(), epochs, cells));
    SweepPlan read = SweepPlan.read(plan);
    return Sweep.create(
        folder.resolve("sweep"),
        read,
        read.cells().stream().map(cell -> new PlannedCell(cell, 0)).toList());
  }

  private static Cell cell(Sweep sweep, int index) {
    return sweep.cells().get(index).cell();
  }

  private static CellFolder at(Sweep sweep, int index) {
    return sweep.folder(cell(sweep, index));
  }

  /** Who has begun a cell as the {@code times}th. */
  private static Holder awaitAttempt(CellFolder cell, int times) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (System.nanoTime() < end) {
      if (cell.attempts().size() == times) {
        return cell.attempts().get(times - 1).begun();
      }
      Thread.sleep(10);
    }
    throw new AssertionError(Files.exists(cell.log()) ? Files.readString(cell.log()) : "no log");
  }

  private static void signal(String signal, long process) throws Exception {
    new ProcessBuilder("kill", "-" + signal, String.valueOf(process)).start().waitFor();
  }

  @Test
  @Tag("slow")
  void survivesATerminatedRunnerAndAKilledOneAndAKilledCell() throws Exception {
    Sweep sweep = sweep(2, 2);
    Object[] arguments = {"sweep", "run", sweep.path(), "--parallel", 2};
    Process runner = CommandRun.start(folder, Map.of(), arguments);
    awaitAttempt(at(sweep, 0), 1);
    awaitAttempt(at(sweep, 1), 1);
    signal("TERM", runner.pid());
    CommandRun stopped = CommandRun.end(runner, folder);
    assertThat(stopped.status()).as(stopped.err()).isEqualTo(143);
    assertThat(stopped.out()).contains("2 cells: 2 left").contains("the same command continues");
    for (int i = 0; i < 2; i++) {
      assertThat(at(sweep, i).state(cell(sweep, i))).isEqualTo(CellState.INTERRUPTED);
      assertThat(at(sweep, i).failure()).isEmpty();
    }

    runner = CommandRun.start(folder, Map.of(), arguments);
    Holder first = awaitAttempt(at(sweep, 0), 2);
    Holder second = awaitAttempt(at(sweep, 1), 2);
    signal("KILL", runner.pid());
    signal("KILL", first.process());
    runner.waitFor();
    while (ProcessHandle.of(first.process()).isPresent()) {
      Thread.sleep(5);
    }
    assertThat(at(sweep, 0).state(cell(sweep, 0))).isEqualTo(CellState.INTERRUPTED);
    assertThat(Lease.holder(at(sweep, 1).path())).contains(second);

    CommandRun rest = CommandRun.of(arguments);
    assertThat(rest.status()).as(rest.err()).isZero();
    assertThat(at(sweep, 0).state(cell(sweep, 0))).isEqualTo(CellState.DONE);
    assertThat(at(sweep, 0).attempts()).hasSize(3);
    while (ProcessHandle.of(second.process()).isPresent()) {
      Thread.sleep(20);
    }
    assertThat(at(sweep, 1).state(cell(sweep, 1))).isEqualTo(CellState.DONE);
    assertThat(at(sweep, 1).attempts()).as("nobody took it from its process").hasSize(2);
  }

  /**
   * The lease of a process of a Slurm job that is on another node, and alive as far as one sees.
   */
  private static void hold(CellFolder cell, String job, int restarts) throws Exception {
    Files.createDirectories(cell.path());
    Files.writeString(
        cell.path().resolve("lease.1"),
        """
        {"holder": {"host": "node7", "boot": "b", "process": 1, "started": "2", "job": "%s",
         "restarts": %d, "since": "2024-02-29T12:00:00Z"}, "beats": 1, "released": false}
        """
            .formatted(job, restarts));
  }

  @Test
  void aCellOfAnotherNodeOfTheSameJobIsLeftToIt() throws Exception {
    Sweep sweep = sweep(1, 1);
    hold(at(sweep, 0), "77", 1);

    Process process =
        CommandRun.start(
            folder,
            Map.of("SLURM_JOB_ID", "77", "SLURM_RESTART_COUNT", "1"),
            "sweep",
            "run",
            sweep.path(),
            "--cell",
            cell(sweep, 0).name());

    CommandRun run = CommandRun.end(process, folder);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).contains("process 1 on node7 (job 77) works on it").hasLineCount(1);
  }

  @Test
  void aRequeuedRunnerWaitsForTheCellsOfItsFormerRun() throws Exception {
    Sweep sweep = sweep(1, 1);
    hold(at(sweep, 0), "77", 1);

    Process runner =
        CommandRun.start(
            folder,
            Map.of("SLURM_JOB_ID", "77", "SLURM_RESTART_COUNT", "2"),
            "sweep",
            "run",
            sweep.path());

    Path log = at(sweep, 0).log();
    while (runner.isAlive() && !(Files.exists(log) && Files.readString(log).contains("waiting"))) {
      Thread.sleep(20);
    }
    signal("TERM", runner.pid());
    CommandRun stopped = CommandRun.end(runner, folder);
    assertThat(stopped.out()).as(stopped.err()).contains("1 cells: 1 left");
    assertThat(log).content().contains("waiting for the lease of this job's former run");
  }

  @Test
  void whatFailsIsToldInTheEndAndAsJson() throws Exception {
    Sweep sweep = sweep(2, 1);
    Files.delete(cell(sweep, 0).metadata());

    CommandRun run = CommandRun.of("sweep", "run", sweep.path(), "--only", "seed=1", "--json");

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.FAILED);
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.at("/cells/failed/0").asText()).isEqualTo(cell(sweep, 0).name());
    assertThat(json.at("/cells/done")).isEmpty();
    assertThat(json.at("/failures/0/message").asText()).startsWith("no such file: ");
    assertThat(json.at("/failures/0/attempts").asInt()).isEqualTo(1);

    CommandRun again = CommandRun.of("sweep", "run", sweep.path(), "--only", "seed=1");
    assertThat(again.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(again.out()).contains("1 cells: 1 failed").contains("--retry-failed");
  }

  @Test
  void misuseIsAUsageErrorAndACancelledSweepBeginsNoSingleCell() throws Exception {
    Sweep sweep = sweep(1, 1);
    String name = cell(sweep, 0).name();

    CommandRun both = CommandRun.of("sweep", "run", sweep.path(), "--cell", name, "--parallel", 2);
    CommandRun axis = CommandRun.of("sweep", "run", sweep.path(), "--only", "modle=resnet18");
    CommandRun none = CommandRun.of("sweep", "run", folder, "--cell", name);
    sweep.cancel();
    CommandRun cancelled = CommandRun.of("sweep", "run", sweep.path(), "--cell", name);

    assertThat(both.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(both.err()).contains("--cell is one cell");
    assertThat(axis.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(axis.err()).contains("has no axis 'modle'");
    assertThat(none.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(cancelled.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(cancelled.err()).contains("is cancelled; sweep run or sweep submit take that back");
    assertThat(at(sweep, 0).state(cell(sweep, 0))).isEqualTo(CellState.PENDING);
  }

  @Test
  void cellsAreToldWhatWasSaidOfAllAndShareCoresAndDevices() throws Exception {
    Sweep sweep = sweep(1, 1);
    CommandLine verb = new CommandLine(new SweepRunCommand());
    verb.parseArgs(
        sweep.path().toString(), "--device", "cuda:0,cuda:1", "--threads", "3", "--pack", "p.h5");
    CellArguments arguments = CellArguments.of(verb.getCommandSpec(), sweep, 1000);

    List<String> third = arguments.of(cell(sweep, 0), 2);

    assertThat(third)
        .startsWith("sweep", "run", sweep.path().toString(), "--cell", cell(sweep, 0).name())
        .containsSubsequence("--pack", "p.h5")
        .containsSubsequence("--threads", "3")
        .containsSubsequence("--torch-threads", "1")
        .endsWith("--device", "cuda:0");
    assertThat(arguments.of(cell(sweep, 0), 1)).endsWith("--device", "cuda:1");
  }
}
