package dev.instar.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.pack.FolderLock;
import dev.instar.slurm.Resources;
import dev.instar.slurm.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SubmissionsTest {
  private static final Resources RESOURCES =
      new Resources(
          Optional.of("gpu"),
          Optional.empty(),
          Optional.of("long"),
          Optional.of("12:00:00"),
          2,
          8,
          Optional.of("16G"),
          4,
          List.of("--constraint=a100"));

  @TempDir Path folder;
  private Sweep sweep;

  @BeforeEach
  void plan() throws IOException {
    sweep = new SmallSweep(folder, 3).sweep();
  }

  @Test
  void whatWasSubmittedIsReadBackTheNewestFirst() throws IOException {
    assertThat(Submissions.of(sweep)).isEmpty();
    Submissions.add(sweep, submission(5));
    Submissions.add(sweep, submission(6));

    assertThat(Submissions.of(sweep)).containsExactly(submission(6), submission(5));
  }

  @Test
  void aLineThatAKillHasTornSpoilsNoOther() throws IOException {
    Submissions.add(sweep, submission(5));
    Path file = sweep.slurm().resolve(Submissions.FILE);
    String whole = Files.readString(file).strip();
    for (int cut = 1; cut < whole.length(); cut += 7) {
      Files.writeString(file, whole.substring(0, cut));
      Submissions.add(sweep, submission(7));
      assertThat(Submissions.of(sweep)).as(whole.substring(0, cut)).containsExactly(submission(7));
    }
    Files.writeString(file, "[1]\n{\"job\":\"x\"}\nnull\n\u0000\n", StandardOpenOption.APPEND);
    assertThat(Submissions.of(sweep)).containsExactly(submission(7));
  }

  @Test
  void theSweepMayLieElsewhereOnAnotherHost() throws IOException {
    Submissions.add(sweep, submission(5));
    Path elsewhere = folder.resolve("elsewhere");
    Files.move(sweep.path(), elsewhere);

    Submission moved = Submissions.of(Sweep.open(elsewhere)).get(0);
    assertThat(moved.folder()).isEqualTo(elsewhere.resolve("slurm/tiny-5"));
  }

  @Test
  void theTasksAreTheCellsInTheirOrder() {
    Cell last = sweep.cells().get(2).cell();

    assertThat(submission(5).task(last)).contains(new TaskId(5, 1));
    assertThat(submission(5).task(sweep.cells().get(1).cell())).isEmpty();
  }

  @Test
  void nobodySubmitsWhileAnotherDoes() throws IOException {
    FolderLock first = Submissions.lock(sweep);
    assertThatThrownBy(() -> Submissions.lock(sweep)).isInstanceOf(IOException.class);
    first.close();

    Submissions.lock(sweep).close();
  }

  @Test
  void cellsOfOtherDataAreAnotherArrayAndNoneIsTooLong() {
    List<Cell> cells = List.of(cell("a", "/x"), cell("b", "/y"), cell("c", "/x"), cell("d", "/x"));

    assertThat(CellArray.of(cells, 2))
        .extracting(CellArray::names)
        .containsExactly(List.of("a", "c"), List.of("d"), List.of("b"));
    assertThat(CellArray.of(cells, 1000)).hasSize(2);
    assertThat(CellArray.of(List.of(), 1000)).isEmpty();
  }

  private static Cell cell(String name, String pack) {
    return new Cell(
        name,
        Map.of("seed", "1"),
        Path.of(pack),
        Path.of("/table"),
        "split",
        "order",
        "resnet18",
        Optional.empty(),
        "paper",
        List.of(),
        1);
  }

  private Submission submission(long job) {
    List<String> cells =
        List.of(sweep.cells().get(0).cell().name(), sweep.cells().get(2).cell().name());
    return new Submission(
        job,
        Instant.parse("2026-05-01T10:00:00Z"),
        sweep.slurm().resolve("tiny-" + job),
        cells,
        RESOURCES);
  }
}
