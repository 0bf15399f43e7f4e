package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.evaluate.TrainedModel;
import dev.instar.pack.FolderLock;
import dev.instar.sweep.Cell;
import dev.instar.sweep.CellFolder;
import dev.instar.sweep.CellResult;
import dev.instar.sweep.CellState;
import dev.instar.sweep.Lease;
import dev.instar.sweep.Measure;
import dev.instar.sweep.Provenance;
import dev.instar.sweep.Provenance.DataFile;
import dev.instar.testing.StripedPictures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CellWorkTest {
  private static final List<String> CHANGES =
      List.of(
          "augmentation.resize=34",
          "augmentation.crop=32",
          "batch=8",
          "epochs=1",
          "optimizer.rate=0.02",
          "dropout=0.1");

  @TempDir private static Path shared;
  private static StripedPictures task;

  /** Done once; tests only look at it. */
  private static CellFolder done;

  private static CommandRun first;

  @TempDir private Path folder;

  @BeforeAll
  static void trainOne() throws Exception {
    task = StripedPictures.draw(shared, 6, 2);
    done = new CellFolder(shared.resolve("done"));
    first = work(cell("order_resnet18_ce_s3", task.table(), CHANGES), done);
  }

  private static Cell cell(String name, Path table, List<String> changes) {
    return new Cell(
        name,
        Map.of("model", "resnet18", "seed", "3"),
        task.pictures(),
        table,
        "split",
        "order",
        "resnet18",
        Optional.empty(),
        "paper",
        changes,
        3);
  }

  private static Cell cell() {
    return cell("order_resnet18_ce_s3", task.table(), CHANGES);
  }

  private static CommandRun work(Cell cell, CellFolder at, Object... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--torch-threads", "1"));
    for (Object option : options) {
      arguments.add(option.toString());
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        new CellWork(
                cell,
                at,
                CommandLine.populateCommand(new CellOptions(), arguments.toArray(String[]::new)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Duration.ZERO)
            .carryOut();
    return new CommandRun(status, out.toString(), err.toString());
  }

  @Test
  void endsWithAResultOfBothPartsAndTheFilesOfAnEvaluation() throws Exception {
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.out())
        .startsWith("order_resnet18_ce_s3: top-1 ")
        .contains(" on test, after 1 epochs (best 1)");
    CellResult result = done.result().orElseThrow();
    assertThat(done.state(cell())).isEqualTo(CellState.DONE);
    assertThat(result.test().records()).isEqualTo(8);
    assertThat(result.test().classes()).isEqualTo(4);
    // Five of four classes are no choice.
    assertThat(result.test().values())
        .containsOnlyKeys(
            Measure.TOP1,
            Measure.TOP3,
            Measure.MACRO_TOP1,
            Measure.MACRO_TOP3,
            Measure.MACRO_F1,
            Measure.MICRO_F1,
            Measure.CALIBRATION_ERROR,
            Measure.LOSS);
    assertThat(result.epochs()).isEqualTo(1);
    assertThat(result.bestEpoch()).isEqualTo(1);
    assertThat(result.steps()).isEqualTo(3);
    assertThat(result.seconds()).isPositive();
    for (String part : List.of("validation", "test")) {
      JsonNode json =
          new ObjectMapper().readTree(done.run().resolve("evaluation-" + part + ".json").toFile());
      assertThat(json.at("/top/1/accuracy").asDouble())
          .isEqualTo(
              (part.equals("test") ? result.test() : result.validation())
                  .values()
                  .get(Measure.TOP1));
      assertThat(json.at("/average_k/0/k").asInt()).isEqualTo(1);
      assertThat(done.run().resolve("evaluation-" + part + ".html")).isNotEmptyFile();
      assertThat(Files.readAllLines(done.run().resolve("predictions-" + part + ".csv"))).hasSize(9);
    }
    assertThat(done.attempts()).singleElement().matches(attempt -> attempt.end().isPresent());
  }

  @Test
  void theEvaluationIsThatOfTheVerb() throws Exception {
    CommandRun verb = CommandRun.of("evaluate", done.run(), "-o", folder, "--threads", 1);

    assertThat(verb.status()).as(verb.err()).isZero();
    ObjectMapper mapper = new ObjectMapper();
    JsonNode own = mapper.readTree(done.run().resolve("evaluation-test.json").toFile());
    assertThat(mapper.readTree(folder.resolve("evaluation-test.json").toFile())).isEqualTo(own);
    assertThat(folder.resolve("predictions-test.csv"))
        .hasSameTextualContentAs(done.run().resolve("predictions-test.csv"));
  }

  @Test
  void aResultIsNotMadeTwice() throws Exception {
    byte[] before = Files.readAllBytes(done.path().resolve("result.json"));
    CommandRun again = work(cell(), done);

    assertThat(again.status()).isZero();
    assertThat(again.out()).isEqualTo("order_resnet18_ce_s3: done before\n");
    assertThat(done.path().resolve("result.json")).hasBinaryContent(before);
    assertThat(done.attempts()).hasSize(1);
  }

  @Test
  void aCellThatIsWorkedOnIsLeftAlone() throws Exception {
    CellFolder held = new CellFolder(folder.resolve("held"));
    try (Lease lease = Lease.take(held.path()).orElseThrow()) {
      CommandRun second = work(cell(), held);

      assertThat(lease.lost()).isFalse();
      assertThat(second.status()).isZero();
      assertThat(second.err())
          .contains("order_resnet18_ce_s3: process " + ProcessHandle.current().pid() + " on ")
          .hasLineCount(1);
      assertThat(held.run()).doesNotExist();
    }
  }

  @Test
  void aFailureIsRecordedWithItsSentenceAndItsTrace() throws Exception {
    CellFolder failing = new CellFolder(folder.resolve("failing"));
    List<String> diverging = new ArrayList<>(CHANGES);
    diverging.add("optimizer.rate=1e30");

    assertThatThrownBy(() -> work(cell("diverging", task.table(), diverging), failing))
        .hasMessageContaining("training diverged");
    assertThat(failing.state(cell())).isEqualTo(CellState.FAILED);
    var failure = failing.failure().orElseThrow();
    assertThat(failure.message()).startsWith("training diverged at step").hasLineCount(1);
    assertThat(failure.trace()).contains("    at dev.instar.train.Training").contains("Caused by:");
    assertThat(failure.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(failure.attempts()).isEqualTo(1);
    assertThat(Lease.holder(failing.path())).isEmpty();
  }

  @Test
  void whatCannotBeTestedIsNotTrained() throws Exception {
    String table = Files.readString(task.table());
    Path untested =
        Files.writeString(folder.resolve("untested.tsv"), table.replace("\ttest", "\ttrain"));
    CellFolder failing = new CellFolder(folder.resolve("untested"));

    assertThatThrownBy(() -> work(cell("untested", untested, CHANGES), failing))
        .hasMessageContaining("no record that is 'test' in split");
    assertThat(failing.run()).doesNotExist();
    Path nowhere = folder.resolve("nowhere.tsv");
    assertThatThrownBy(() -> work(cell("nowhere", nowhere, CHANGES), failing))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(failing.failure().orElseThrow().message()).isEqualTo("no such file: " + nowhere);
    assertThat(failing.failure().orElseThrow().attempts()).isEqualTo(2);
  }

  @Test
  void aCancelledCellStopsAndSaysToTryAgain() throws Exception {
    Path sweep = Files.createDirectories(folder.resolve("sweep"));
    Files.createFile(sweep.resolve("cancelled"));
    CellFolder cancelled = new CellFolder(sweep.resolve("cells").resolve("one"));

    CommandRun run = work(cell(), cancelled);

    assertThat(run.status()).isEqualTo(ExitStatus.STOPPED);
    assertThat(run.err()).contains("order_resnet18_ce_s3: not done; the same command continues");
    assertThat(cancelled.result()).isEmpty();
    assertThat(cancelled.failure()).isEmpty();
  }

  @Test
  @SuppressWarnings("try") // the lock acts by being held
  void aLockThatNobodyGivesUpIsAFailureThatSaysWhatToDo() throws Exception {
    CellFolder locked = new CellFolder(folder.resolve("locked"));
    try (FolderLock lock = FolderLock.take(locked.run(), ".training")) {
      assertThatThrownBy(() -> work(cell(), locked)).isInstanceOf(IOException.class);
    }
    assertThat(locked.failure().orElseThrow().message())
        .startsWith(locked.run() + " is locked, though nobody holds the cell")
        .contains("remove " + locked.run().resolve(".training") + ";");
    assertThat(locked.state(cell())).isEqualTo(CellState.FAILED);
  }

  @Test
  void copiesAreReadAndTheOriginalsAreNoted() throws Exception {
    Path copies = Files.createDirectory(folder.resolve("node"));
    StripedPictures staged = StripedPictures.draw(copies, 6, 2);
    Cell moved =
        new Cell(
            "moved",
            Map.of("seed", "3"),
            Path.of("/archive/pictures"),
            Path.of("/archive/table.tsv"),
            "split",
            "order",
            "resnet18",
            Optional.empty(),
            "paper",
            CHANGES,
            3);
    CellFolder at = new CellFolder(folder.resolve("moved"));

    CommandRun run =
        work(moved, at, "--pack", staged.pictures(), "--metadata", staged.table(), "--threads", 3);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(TrainedModel.read(at.run()).pack()).isEqualTo(Path.of("/archive/pictures"));
    Provenance provenance = at.result().orElseThrow().provenance();
    assertThat(provenance.data())
        .extracting(DataFile::path)
        .containsExactly("/archive/pictures", "/archive/table.tsv");
    assertThat(provenance.command())
        .contains("/archive/pictures")
        .doesNotContain(copies.toString());
    // The same pictures, loaded by more threads: the same numbers.
    assertThat(at.result().orElseThrow().test().values())
        .isEqualTo(done.result().orElseThrow().test().values());
    assertThat(provenance.data().get(0).checksum())
        .isEqualTo(done.result().orElseThrow().provenance().data().get(0).checksum());
    assertThat(at.run().resolve(TrainedModel.BEST))
        .hasSameBinaryContentAs(done.run().resolve(TrainedModel.BEST));
  }

  @Test
  void theProvenanceNamesCodeDataOptionsAndMachine() throws IOException {
    Provenance provenance = done.result().orElseThrow().provenance();

    assertThat(provenance.code()).containsKeys("instar", "commit", "libtorch", "codec");
    assertThat(provenance.code().get("commit")).matches("[0-9a-f]{40}(, changed)?|unknown");
    assertThat(provenance.data()).extracting(DataFile::role).containsExactly("pack", "metadata");
    assertThat(provenance.data().get(0).checksum()).matches("records-sha256:[0-9a-f]{64}");
    assertThat(provenance.data().get(1).checksum()).matches("sha256:[0-9a-f]{64}");
    assertThat(provenance.data().get(1).bytes()).isEqualTo(Files.size(task.table()));
    assertThat(provenance.options())
        .containsEntry("seed", "3")
        .containsEntry("recipe.epochs", "1")
        .containsEntry("recipe.augmentation.crop", "32")
        .containsKey("data");
    assertThat(provenance.environment())
        .containsEntry("torch_threads", "1")
        .containsEntry("device", "cpu")
        .containsKeys("java", "system", "processor", "vectors", "cores", "host");
    assertThat(Provenance.read(done.run())).contains(provenance);
  }

  @Test
  void itsCommandMakesTheSameRunAgain() throws Exception {
    Provenance provenance = done.result().orElseThrow().provenance();
    List<String> command = new ArrayList<>(provenance.command());
    assertThat(command.remove(0)).isEqualTo("instar");
    assertThat(command.get(command.size() - 1)).isEqualTo("order_resnet18_ce_s3");
    Path again = folder.resolve("again");
    command.set(command.size() - 1, again.toString());

    CommandRun run = CommandRun.of(command.toArray());

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(again.resolve(TrainedModel.BEST))
        .hasSameBinaryContentAs(done.run().resolve(TrainedModel.BEST));
    assertThat(done.run().resolve("checkpoints")).isEmptyDirectory();
    assertThat(again.resolve("last.safetensors"))
        .hasSameBinaryContentAs(done.run().resolve("last.safetensors"));
    Provenance own = Provenance.read(again).orElseThrow();
    assertThat(own.options()).isEqualTo(provenance.options());
    assertThat(own.data()).isEqualTo(provenance.data());
    assertThat(own.command().subList(0, own.command().size() - 1))
        .isEqualTo(provenance.command().subList(0, own.command().size() - 1));
  }
}
