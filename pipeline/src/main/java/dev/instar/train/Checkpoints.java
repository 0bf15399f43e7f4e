package dev.instar.train;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.torch.SafetensorsWriter;
import dev.instar.torch.WeightsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;

/**
 * What a run can be continued from: {@code checkpoints/STEP.safetensors}, the last two of them.
 * Each holds the network, the optimizer's state, the average of weights where there is one, and in
 * its metadata the {@link TrainingState}. Not thread-safe.
 */
final class Checkpoints<M extends Measured> {
  /** What the metadata calls the state. */
  static final String STATE = "instar.training";

  private static final String ENDING = ".safetensors";
  private static final Pattern FORM = Pattern.compile("[0-9]{1,18}\\.safetensors");

  /** One more than is needed: the last may turn out to be damaged. */
  private static final int KEPT = 2;

  private final Path folder;
  private final Cadence cadence;
  private final Class<M> measures;
  private long savedAt = System.nanoTime();
  private TrainingState<M> saved = TrainingState.start();

  /**
   * @param measures of the best epoch, which a state tells
   */
  Checkpoints(Path folder, Cadence cadence, Class<M> measures) {
    this.folder = folder;
    this.cadence = cadence;
    this.measures = measures;
  }

  /**
   * Whether one is due.
   *
   * @param ahead nanoseconds of work that is not interrupted for a checkpoint
   */
  boolean due(TrainingState<M> state, long ahead) {
    return cadence.due(System.nanoTime() - savedAt + ahead, state.step() - saved.step());
  }

  /** Whether all that was done is in the last checkpoint. */
  boolean current(TrainingState<M> state) {
    return saved.epoch() == state.epoch()
        && saved.batch() == state.batch()
        && saved.step() == state.step();
  }

  /**
   * Saves everything, and lets go of what is older than the last two.
   *
   * @throws NotFiniteException if a weight is: such a state is no use to continue from
   */
  @SuppressWarnings("try") // the scope owns what is made on the way
  void save(TrainingState<M> state, Learner learner) throws IOException, NotFiniteException {
    Files.createDirectories(folder);
    try (PointerScope scope = new PointerScope()) {
      learner.requireFinite();
      SafetensorsWriter.writeChecked(
          folder.resolve(state.step() + ENDING),
          Weights.stored(learner.tensors()),
          Map.of(STATE, state.toJson()));
    }
    saved = state;
    savedAt = System.nanoTime();
    List<Path> files = files();
    for (Path old : files.subList(Math.min(KEPT, files.size()), files.size())) {
      Files.deleteIfExists(old);
    }
  }

  /**
   * Puts the last sound checkpoint into {@code learner}. A damaged one is renamed to {@code
   * *.damaged} and the one before it taken.
   *
   * @param remark is told what was found wrong
   * @return where training stood, if there is a checkpoint
   */
  Optional<TrainingState<M>> restore(Learner learner, Consumer<String> remark) throws IOException {
    for (Path file : files()) {
      try {
        TrainingState<M> state = restore(file, learner);
        saved = state;
        savedAt = System.nanoTime();
        return Optional.of(state);
      } catch (InputException e) {
        Files.move(
            file,
            file.resolveSibling(file.getFileName() + ".damaged"),
            StandardCopyOption.REPLACE_EXISTING);
        remark.accept(
            "a checkpoint is damaged and left aside as *.damaged; the one before it is used: "
                + e.getMessage());
      }
    }
    return Optional.empty();
  }

  private TrainingState<M> restore(Path file, Learner learner) throws IOException {
    try (WeightsFile open = WeightsFile.open(file)) {
      if (!open.verify()) {
        throw new InputException(Fault.CORRUPT, file + " has no checksum");
      }
      TrainingState<M> state =
          TrainingState.parse(open.metadata().getOrDefault(STATE, ""), measures, file);
      try {
        learner.restore(open.tensors(), state.step());
      } catch (IllegalArgumentException e) {
        throw new IOException(file + " is of another run: " + e.getMessage(), e);
      }
      return state;
    }
  }

  /** The last first. */
  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> FORM.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.comparingLong((Path file) -> step(file)).reversed())
          .toList();
    }
  }

  private static long step(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - ENDING.length()));
  }
}
