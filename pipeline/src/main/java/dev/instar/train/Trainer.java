package dev.instar.train;

import static org.bytedeco.pytorch.global.torch.manual_seed;

import dev.instar.evaluate.BatchImages;
import dev.instar.loader.Batch;
import dev.instar.loader.BatchLoader;
import dev.instar.loader.Epoch;
import dev.instar.torch.Tensors;
import dev.instar.train.Meter.Stage;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The training loop: draw a batch, forward, loss, backward, step, log, checkpoint.
 *
 * <p>Not thread-safe; the thread that runs it is the one that LibTorch works for.
 */
final class Trainer {
  /** Batch norm knows no variance of a single value. */
  private static final int LEAST_BATCH = 2;

  private final Recipe recipe;
  private final long seed;
  private final Learner learner;
  private final BatchLoader loader;
  private final Validation validation;
  private final Schedule schedule;
  private final Checkpoints checkpoints;
  private final BestWeights bestWeights;
  private final Journal journal;
  private final Precision precision;
  private final Device device;
  private final BooleanSupplier stop;
  private final Meter meter = new Meter();
  private TrainingState state;

  private Trainer() {}

  /** Trains until it is finished or told to stop, and saves where it then stands. */
  TrainingState run() throws IOException, InterruptedException {
    while (!state.finished(recipe.epochs(), recipe.patience())) {
      if (!train() || !validate()) {
        break;
      }
    }
    save();
    return state;
  }

  /** The rest of an epoch; false if it was told to stop. */
  @SuppressWarnings("try") // the scope owns what a step makes
  private boolean train() throws IOException, InterruptedException {
    learner.begin(state.epoch());
    try (Epoch batches = loader.epoch(state.epoch(), state.batch())) {
      for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
        meter.lap(Stage.WAIT);
        try (Batch batch = next.get();
            PointerScope scope = new PointerScope()) {
          manual_seed(RandomState.at(seed, state.epoch(), batch.number()));
          Tensor loss = loss(batch);
          meter.lap(Stage.FORWARD);
          learner.gradients().accumulate(loss);
          meter.lap(Stage.BACKWARD);
          if (learner.gradients().due()) {
            learner.step(schedule.at(state.step()));
          }
          meter.lap(Stage.STEP);
        }
        journal.batch(state, meter);
        if (checkpoints.due(state, 0)) {
          save();
        }
        if (stop.getAsBoolean()) {
          return false;
        }
      }
    }
    return true;
  }
}
