package dev.instar.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of a cell. Thread-safe: it holds nothing but its path.
 *
 * <pre>
 * cell.yaml      what is trained on what
 * run/           the folder of the training: history.jsonl, best.safetensors, checkpoints/,
 *                evaluation-{validation,test}.json, predictions-{validation,test}.csv
 * lease.N        who works on it
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
    throw new UnsupportedOperationException(String.valueOf(cell));
  }

  /**
   * What the cell came to, if it is done.
   *
   * @throws IOException if the file is damaged or of a newer version; the message names it
   */
  public Optional<CellResult> result() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Writes {@code result.json} atomically, and removes a failure. */
  public void write(CellResult result) throws IOException {
    throw new UnsupportedOperationException(String.valueOf(result));
  }

  /** Why the last attempt failed, if it did. */
  public Optional<CellFailure> failure() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Writes {@code failure.json} atomically. */
  public void write(CellFailure failure) throws IOException {
    throw new UnsupportedOperationException(String.valueOf(failure));
  }

  /** Forgets a failure: the cell is tried again. */
  public void forgetFailure() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** How far the training has come, by its history and its recipe. */
  public Optional<CellProgress> progress() throws IOException {
    throw new UnsupportedOperationException();
  }
}
