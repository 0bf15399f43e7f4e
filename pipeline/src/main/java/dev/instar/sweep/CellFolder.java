package dev.instar.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.taxonomy.AtomicText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The folder of a cell. Thread-safe: it holds nothing but its path.
 *
 * <pre>
 * run/           the folder of the training: run.json and recipe.yaml (what is trained on what),
 *                history.jsonl, best.safetensors, checkpoints/ until it is done,
 *                evaluation-{validation,test}.json, predictions-{validation,test}.csv
 * lease.N        who works on it, or did last
 * attempts.jsonl when it was begun and how that ended
 * failure.json   why the last attempt failed
 * log.txt        what attempts have printed
 * result.json    what it came to, written last
 * </pre>
 */
public record CellFolder(Path path) {
  /** The training's own folder. */
  public Path run() {
    return path.resolve("run");
  }

  /** What attempts have printed, the newest at the end. */
  public Path log() {
    return path.resolve("log.txt");
  }

  /**
   * Where the cell stands. A result counts if it can be read and is of this cell; a damaged one
   * makes the cell {@link CellState#INTERRUPTED}.
   */
  public CellState state(Cell cell) throws IOException {
    if (done(cell)) {
      return CellState.DONE;
    }
    if (Lease.holder(path).isPresent()) {
      return CellState.RUNNING;
    }
    if (Files.exists(failureFile())) {
      return CellState.FAILED;
    }
    boolean begun =
        List.of(attemptLog().path(), run(), resultFile()).stream().anyMatch(Files::exists);
    return begun ? CellState.INTERRUPTED : CellState.PENDING;
  }

  private boolean done(Cell cell) throws IOException {
    try {
      return result().filter(result -> result.cell().equals(cell.name())).isPresent();
    } catch (InputException damaged) {
      return false;
    }
  }

  /**
   * What the cell came to, if it is done.
   *
   * @throws InputException if the file is damaged or of a newer version; the message names it
   */
  public Optional<CellResult> result() throws IOException {
    return read(resultFile(), CellResult.class);
  }

  /** Writes {@code result.json} atomically, and removes a failure. */
  public void write(CellResult result) throws IOException {
    AtomicText.write(resultFile(), CellJson.page(result));
    forgetFailure();
  }

  /**
   * Why the last attempt failed, if it did.
   *
   * @throws InputException if the file is damaged; the message names it
   */
  public Optional<CellFailure> failure() throws IOException {
    return read(failureFile(), CellFailure.class);
  }

  /** Writes {@code failure.json} atomically. */
  public void write(CellFailure failure) throws IOException {
    AtomicText.write(failureFile(), CellJson.page(failure));
  }

  /** Forgets a failure: the cell is tried again. */
  public void forgetFailure() throws IOException {
    Files.deleteIfExists(failureFile());
  }

  /** Notes that an attempt begins. */
  public void begin(Holder holder) throws IOException {
    attemptLog().begin(holder);
  }

  /**
   * Notes that the last attempt ended.
   *
   * @param status the exit status of its process
   */
  public void end(int status) throws IOException {
    attemptLog().end(new CellAttempt.End(status, Instant.now()));
  }

  /**
   * Notes that the last attempt ended, and why it failed.
   *
   * @param message one sentence
   * @param trace the end of what the attempt printed, or its stack trace; may be empty
   * @param status the exit status of its process
   */
  public void fail(String message, String trace, int status) throws IOException {
    end(status);
    // A process may fail with the status of success.
    int failed = Math.max(1, (int) attempts().stream().filter(CellAttempt::failed).count());
    write(new CellFailure(message, trace, status, failed, LocalProcesses.HOST, Instant.now()));
  }

  /** Every attempt, the first one first. */
  public List<CellAttempt> attempts() throws IOException {
    return attemptLog().read();
  }

  /** How far the training has come, by its history and its recipe. */
  public Optional<CellProgress> progress() throws IOException {
    return ProgressReading.of(run());
  }

  private Path resultFile() {
    return path.resolve("result.json");
  }

  private Path failureFile() {
    return path.resolve("failure.json");
  }

  private AttemptLog attemptLog() {
    return new AttemptLog(path.resolve("attempts.jsonl"));
  }

  private static <T> Optional<T> read(Path file, Class<T> type) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      JsonNode tree = CellJson.MAPPER.readTree(text);
      if (!tree.isObject()) {
        throw damaged(file, "it holds no object", null);
      }
      if (tree.path("format").asInt() > CellResult.FORMAT) {
        throw new InputException(
            Fault.UNSUPPORTED, file + " was written by a newer version of Instar; use that");
      }
      return Optional.of(CellJson.MAPPER.treeToValue(tree, type));
    } catch (JsonProcessingException e) {
      throw damaged(file, e.getOriginalMessage(), e);
    }
  }

  private static InputException damaged(Path file, String how, Exception cause) {
    return new InputException(
        Fault.CORRUPT,
        file + " is damaged (" + how + "); delete it to have the cell run again",
        cause);
  }
}
