package dev.instar.train;

import dev.instar.model.Trainable;
import dev.instar.torch.SafetensorsWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A run's folder, taken for this process, and the training that goes on in it, whatever the network
 * is taught. In this order: {@link #finished}, {@link #begin}, {@link #train}. Not thread-safe.
 *
 * @param <M> what validation measures
 */
public final class TrainingRun<M extends Measured> implements AutoCloseable {
  private final Conduct conduct;
  private final TrainingLog log;
  private final BooleanSupplier stop;
  private final Class<M> measures;
  private final RunFolder folder;

  private TrainingRun(
      Conduct conduct, TrainingLog log, BooleanSupplier stop, Class<M> measures, RunFolder folder) {
    this.conduct = conduct;
    this.log = log;
    this.stop = stop;
    this.measures = measures;
    this.folder = folder;
  }

  /**
   * Makes the folder if need be and takes it for this process.
   *
   * @param stop asked after every step; once true, the run is saved and left
   * @throws IOException if another process has it
   */
  public static <M extends Measured> TrainingRun<M> open(
      Conduct conduct, TrainingLog log, BooleanSupplier stop, Class<M> measures)
      throws IOException {
    return new TrainingRun<>(conduct, log, stop, measures, RunFolder.open(conduct.folder()));
  }

  /**
   * What a finished run came to, unless it is to be forgotten.
   *
   * @param settings that decide what a run comes to
   * @throws IOException if the folder's run was begun with others; the message says which
   */
  public Optional<TrainingResult<M>> finished(Map<String, String> settings) throws IOException {
    if (conduct.overwrite()) {
      return Optional.empty();
    }
    folder.requireSame(settings);
    return folder.result(measures);
  }

  /**
   * Notes what the run is about, and forgets what was there if that is wanted. Not before the
   * network stands: one that cannot be used leaves the folder as it was.
   *
   * @param recipe as YAML
   */
  public void begin(Map<String, String> settings, String recipe) throws IOException {
    if (conduct.overwrite()) {
      folder.clear();
    }
    folder.begin(settings, recipe);
  }

  /**
   * Trains from the last checkpoint, or from the start, to the end or until told to stop.
   *
   * @param recipe as YAML
   * @throws DivergedException if the loss stops being a number; the last checkpoint stays
   */
  public TrainingResult<M> train(
      Trainable network, Task<M> task, Regime regime, String recipe, Compute compute)
      throws IOException, InterruptedException {
    Meter meter = new Meter();
    network.to(compute.device(), ScalarType.Float);
    network.channelsLast(compute.channelsLast());
    try (Learner learner = Learner.of(network, regime);
        Journal journal = new Journal(folder, log, regime, recipe, task.batches(), meter)) {
      Trainer<M> trainer =
          new Trainer<>(
              regime,
              conduct.seed(),
              compute,
              learner,
              task,
              folder,
              conduct.checkpointEvery(),
              journal,
              meter,
              stop);
      TrainingState<M> state = trainer.run();
      TrainingResult<M> result = result(state, regime, meter, compute);
      if (result.finished()) {
        writeLast(learner);
        folder.writeResult(result);
      }
      return result;
    }
  }

  private TrainingResult<M> result(
      TrainingState<M> state, Regime regime, Meter meter, Compute compute) {
    Map<String, Double> stages = new LinkedHashMap<>();
    meter.stageSeconds().forEach((stage, seconds) -> stages.put(stage.label(), seconds));
    return new TrainingResult<>(
        conduct.folder().toString(),
        state.finished(regime),
        state.epoch() < regime.epochs()
            && !state.outOfSteps(regime)
            && state.outOfPatience(regime.patience()),
        state.epoch(),
        state.step(),
        state.best(),
        state.skipped(),
        state.seconds(),
        meter.imagesPerSecond(),
        stages,
        compute.name());
  }

  /** The weights that the last epoch was validated with. */
  @SuppressWarnings("try") // the scope owns what is made on the way
  private void writeLast(Learner learner) throws IOException {
    learner.swapAverage();
    try (PointerScope scope = new PointerScope()) {
      SafetensorsWriter.write(
          folder.last(), Weights.stored(Weights.of(learner.network())), Map.of("format", "pt"));
    } finally {
      learner.swapAverage();
    }
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
