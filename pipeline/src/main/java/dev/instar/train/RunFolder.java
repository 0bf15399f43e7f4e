package dev.instar.train;

import dev.instar.detect.DetectorFile;
import dev.instar.evaluate.TrainedModel;
import dev.instar.pack.FolderLock;
import dev.instar.taxonomy.AtomicText;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The folder of a run, for one process at a time and one set of settings:
 *
 * <pre>
 * run.json            the {@link RunSettings} that it was begun with
 * recipe.yaml         the recipe, every key of it
 * model.json          what classifies new pictures, with best.safetensors; of a detector
 *                     it is detector.json
 * best.safetensors    weights of the best epoch (best-2 and so on, if asked for)
 * last.safetensors    weights of the last epoch, at the end
 * result.json         what it came to, at the end
 * provenance.json     the code, data and machine that it came from, at the end
 * history.jsonl       every 50 steps and every epoch
 * events.out.*        the same for TensorBoard
 * checkpoints/        what it continues from
 * </pre>
 */
final class RunFolder implements AutoCloseable {
  private static final String LAST = "last.safetensors";
  static final String HISTORY = "history.jsonl";
  private static final String CHECKPOINTS = "checkpoints";
  private static final Set<String> FILES =
      Set.of(
          RunSettings.FILE,
          RunSettings.RECIPE,
          TrainingResult.FILE,
          LAST,
          HISTORY,
          RunSettings.PROVENANCE,
          TrainedModel.FILE,
          TrainedModel.BEST,
          DetectorFile.NAME);

  /** How many differences of settings a message lists. */
  private static final int MOST_DIFFERENCES = 4;

  private final Path path;
  private final FolderLock lock;

  private RunFolder(Path path, FolderLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the folder if need be and takes it for this process.
   *
   * @throws IOException if another process has it
   */
  static RunFolder open(Path path) throws IOException {
    FolderLock lock;
    try {
      lock = FolderLock.take(path, ".training");
    } catch (FileAlreadyExistsException e) {
      throw new NotDirectoryException(e.getMessage());
    }
    RunFolder folder = new RunFolder(path, lock);
    boolean success = false;
    try {
      folder.sweep();
      success = true;
      return folder;
    } finally {
      if (!success) {
        folder.close();
      }
    }
  }

  /** Removes what a process that was killed while it wrote has left: as much as a checkpoint. */
  private void sweep() throws IOException {
    for (Path each : List.of(path, checkpoints())) {
      if (Files.isDirectory(each)) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(each, ".*.safetensors.*.tmp")) {
          for (Path file : left) {
            Files.delete(file);
          }
        }
      }
    }
  }

  Path path() {
    return path;
  }

  Path history() {
    return path.resolve(HISTORY);
  }

  Path checkpoints() {
    return path.resolve(CHECKPOINTS);
  }

  Path last() {
    return path.resolve(LAST);
  }

  /** Removes what the run would continue from. */
  void clearCheckpoints() throws IOException {
    if (Files.isDirectory(checkpoints())) {
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(checkpoints(), "*.safetensors*")) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
    }
  }

  /** Removes a run's files, and nothing else that lies in the folder. */
  void clear() throws IOException {
    List<Path> ours = new ArrayList<>();
    try (Stream<Path> files = Files.list(path)) {
      files.filter(RunFolder::isOurs).forEach(ours::add);
    }
    clearCheckpoints();
    for (Path file : ours) {
      Files.delete(file);
    }
  }

  private static boolean isOurs(Path file) {
    String name = file.getFileName().toString();
    return FILES.contains(name)
        || name.matches("best-[0-9]{1,9}\\.safetensors")
        || name.startsWith("events.out.tfevents.");
  }

  /**
   * Compares settings with those that the run was begun with, if it was.
   *
   * @throws IOException if they differ; the message says in what
   */
  void requireSame(Map<String, String> settings) throws IOException {
    Optional<Map<String, String>> stated = RunSettings.read(path);
    if (stated.isPresent()) {
      requireSame(stated.get(), settings);
    }
  }

  /**
   * Notes the settings of a run that begins; one that goes on keeps what is noted.
   *
   * @param recipe as YAML
   */
  void begin(Map<String, String> settings, String recipe) throws IOException {
    if (RunSettings.read(path).isPresent()) {
      return;
    }
    Files.createDirectories(checkpoints());
    AtomicText.write(path.resolve(RunSettings.RECIPE), recipe);
    RunSettings.write(path, settings);
  }

  private void requireSame(Map<String, String> stated, Map<String, String> settings)
      throws IOException {
    Set<String> keys = new TreeSet<>(stated.keySet());
    keys.addAll(settings.keySet());
    keys.removeIf(
        key -> stated.getOrDefault(key, "none").equals(settings.getOrDefault(key, "none")));
    if (keys.isEmpty()) {
      return;
    }
    List<String> differences =
        keys.stream()
            .limit(MOST_DIFFERENCES)
            .map(
                key ->
                    String.format(
                        "%s was %s and is %s",
                        key, stated.getOrDefault(key, "none"), settings.getOrDefault(key, "none")))
            .toList();
    int more = keys.size() - differences.size();
    throw new IOException(
        path
            + " holds a run with other settings ("
            + String.join(", ", differences)
            + (more > 0 ? " and " + more + " more" : "")
            + "); use those, choose another folder, or begin anew with --overwrite");
  }

  /** What the run came to, if it is finished. */
  <M extends Measured> Optional<TrainingResult<M>> result(Class<M> measures) throws IOException {
    return TrainingResult.read(path, measures);
  }

  void writeResult(TrainingResult<?> result) throws IOException {
    AtomicText.write(path.resolve(TrainingResult.FILE), result.toJson() + "\n");
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
