package dev.instar.cli;

import static dev.instar.testing.SlurmCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.slurm.Slurm;
import dev.instar.sweep.Cell;
import dev.instar.sweep.CellAttempt;
import dev.instar.sweep.CellFilter;
import dev.instar.sweep.CellProgress;
import dev.instar.sweep.CellStatus;
import dev.instar.sweep.CellStatus.State;
import dev.instar.sweep.Sweep;
import dev.instar.sweep.Sweep.PlannedCell;
import dev.instar.sweep.SweepPlan;
import dev.instar.sweep.SweepStatus;
import dev.instar.testing.SlurmCluster;
import dev.instar.testing.StripedPictures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings of a few seconds on a real Slurm, by the commands that people type. */
@Tag("slow")
final class SweepOnSlurmCommandsTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir static Path folder;
  private static SlurmCluster cluster;
  private static Path table;
  private static Path launcher;

  @BeforeAll
  static void prepare() throws Exception {
    cluster = SlurmCluster.require();
    StripedPictures pictures = StripedPictures.draw(folder, 8, 2);
    table = pictures.table();
    CommandRun.of("convert", pictures.pictures(), "-o", folder.resolve("pack.h5"));
    launcher = CommandRun.launcher(folder.resolve("instar"));
  }

  @Test
  void cellsTrainTwoAtATimeAndWhatFailsStopsNoOther() throws Exception {
    Sweep sweep =
        plan(
            "two",
            1,
            "seed: [1, 2, 3]\n  optimizer.rate: [1e-2, 1e30]\n"
                + "exclude: [{seed: 2, optimizer.rate: 1e30}, {seed: 3, optimizer.rate: 1e30}]");
    CommandRun first = submit(sweep, "--max-running", "2", "--json");
    CommandRun second = submit(sweep);
    CommandRun watched = instar("sweep", "status", sweep.path(), "--watch");

    assertThat(first.status()).as(first.err()).isEqualTo(ExitStatus.DONE);
    JsonNode job = new ObjectMapper().readTree(first.out()).get("submitted").get(0);
    assertThat(job.get("cells")).hasSize(4);
    assertThat(second.out()).startsWith("nothing to submit\nnot submitted: ").contains("queued");
    assertThat(watched.status()).as(watched.err()).isEqualTo(ExitStatus.FAILED);
    assertThat(watched.out()).contains("1 failed, 3 done").contains("diverged");
    assertThat(watched.err()).contains("2 running");
    assertThat(mostAtATime(sweep)).isEqualTo(2);

    CommandRun failed = instar("sweep", "status", sweep.path(), "--failed");
    assertThat(failed.out())
        .contains("training diverged")
        .contains("log: " + job.get("logs").asText());
    JsonNode again = new ObjectMapper().readTree(submit(sweep, "--retry-failed", "--json").out());
    assertThat(again.get("submitted").get(0).get("cells")).hasSize(1);
    assertThat(instar("sweep", "cancel", sweep.path()).out()).contains("is cancelled");
  }

  @Test
  void aTaskThatMustGiveWayOrIsOutOfTimeContinuesWhereItWas() throws Exception {
    Sweep sweep = plan("long", 100_000, "seed: [1]");
    CommandRun submitted = submit(sweep, "--sbatch", "--nodelist=n1");
    assertThat(submitted.status()).as(submitted.err()).isEqualTo(ExitStatus.DONE);
    double first = trained(sweep, 0);

    String job = cell(sweep).job();
    cluster.run(
        "sbatch", "-p", "high", "-w", "n1", "--exclusive", "--wrap=true", "-o", "/dev/null");
    await("its place is taken", LIMIT, () -> cell(sweep).state() == State.QUEUED);
    assertThat(cell(sweep).progress().orElseThrow().done()).isGreaterThanOrEqualTo(first);
    cluster.hurry(job);
    double second = trained(sweep, cell(sweep).progress().orElseThrow().done());

    cluster.run("scancel", "--batch", "--signal=USR1", job);
    await("it has saved", LIMIT, () -> cell(sweep).state() == State.QUEUED);
    cluster.hurry(job);
    double third = trained(sweep, cell(sweep).progress().orElseThrow().done());
    assertThat(first).isLessThan(second);
    assertThat(second).isLessThan(third);

    CommandRun cancelled = instar("sweep", "cancel", sweep.path());
    assertThat(cancelled.out()).contains("1 stopped in Slurm, saved: " + job);
    assertThat(cell(sweep).state()).isEqualTo(State.INTERRUPTED);
    assertThat(sweep.folder(sweep.cells().get(0).cell()).attempts()).hasSize(3);
    assertThat(instar("sweep", "status", sweep.path(), "--watch").status())
        .isEqualTo(ExitStatus.STOPPED);
  }

  private static Sweep plan(String name, int epochs, String axes) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve(name + ".yaml"),
            "pack: pack.h5\nmetadata: "
                + table
                + "\nsplit_column: split\ntarget: order\nmodel: resnet18\n"
                + "set: {epochs: "
                + epochs
                + ", batch: 8, augmentation.resize: 34, augmentation.crop: 32}\naxes:\n  "
                + axes
                + "\n");
    SweepPlan plan = SweepPlan.read(file);
    List<PlannedCell> cells = new ArrayList<>();
    for (Cell cell : plan.cells()) {
      cells.add(new PlannedCell(cell, 0));
    }
    return Sweep.create(folder.resolve(name), plan, cells);
  }

  private static CommandRun submit(Sweep sweep, String... options) throws Exception {
    List<Object> arguments = new ArrayList<>(List.of("sweep", "submit", sweep.path(), "--slurm"));
    arguments.addAll(List.of("--instar", launcher, "--cpus", 1, "--mem", "1500M", "--time", 30));
    arguments.addAll(List.of(options));
    return instar(arguments.toArray());
  }

  private static CommandRun instar(Object... arguments) throws Exception {
    Process process = CommandRun.start(folder, cluster.environment(), arguments);
    return CommandRun.end(process, folder);
  }

  /** Waits until a cell has trained for more than {@code before}; how far it has come then. */
  private static double trained(Sweep sweep, double before) throws InterruptedException {
    await(
        "some training",
        LIMIT,
        () ->
            cell(sweep).state() == State.RUNNING
                && cell(sweep).progress().map(CellProgress::done).orElse(0.0) > before);
    return cell(sweep).progress().orElseThrow().done();
  }

  private static CellStatus cell(Sweep sweep) {
    try {
      Slurm slurm = Slurm.find(cluster.environment());
      return SweepStatus.of(sweep, CellFilter.ALL, slurm.states(SweepStatus.jobs(sweep)))
          .cells()
          .get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** By the beginnings and ends of all attempts. */
  private static int mostAtATime(Sweep sweep) throws IOException {
    List<CellAttempt> attempts = new ArrayList<>();
    for (PlannedCell planned : sweep.cells()) {
      attempts.addAll(sweep.folder(planned.cell()).attempts());
    }
    return (int)
        attempts.stream()
            .mapToLong(
                one ->
                    attempts.stream()
                        .filter(other -> !other.begun().since().isAfter(one.begun().since()))
                        .filter(
                            other -> other.end().orElseThrow().when().isAfter(one.begun().since()))
                        .count())
            .max()
            .orElseThrow();
  }
}
