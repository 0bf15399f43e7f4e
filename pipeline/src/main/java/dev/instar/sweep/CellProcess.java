package dev.instar.sweep;

import dev.instar.sweep.Sweep.PlannedCell;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;

/**
 * A process that trains a cell. It reads nothing and prints to the cell's log, so it goes on if
 * whoever started it is gone.
 *
 * @param slot of the places where cells are trained at a time
 * @param begun when it was started
 * @param logged bytes of the log before it
 */
record CellProcess(
    PlannedCell planned, CellFolder folder, int slot, Process process, Instant begun, long logged) {
  /** How much of what a failed process printed is kept with its failure. */
  private static final int MOST_PRINTED = 8000;

  static CellProcess start(PlannedCell planned, CellFolder folder, int slot, List<String> command)
      throws IOException {
    Files.createDirectories(folder.path());
    File log = folder.log().toFile();
    long logged = log.length();
    Instant begun = Instant.now();
    Process process =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .redirectErrorStream(true)
            .start();
    return new CellProcess(planned, folder, slot, process, begun, logged);
  }

  Cell cell() {
    return planned.cell();
  }

  /** The end of what it printed. */
  String printed() throws IOException {
    try (RandomAccessFile log = new RandomAccessFile(folder.log().toFile(), "r")) {
      long start = Math.max(Math.min(logged, log.length()), log.length() - MOST_PRINTED);
      byte[] bytes = new byte[(int) (log.length() - start)];
      log.seek(start);
      log.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8).strip();
    }
  }
}
