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
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The training loop: draw a batch, forward, loss, backward, step, log, checkpoint.
 *
 * <p>Not thread-safe; the thread that runs it is the one that LibTorch works for.
 */
final class Trainer {
  private final Recipe recipe;
  private final long seed;
  private final Compute compute;
  private final Learner learner;
  private final BatchLoader loader;
  private final Validation validation;
  private final Schedule schedule;
  private final Checkpoints checkpoints;
  private final BestWeights bestWeights;
  private final Journal journal;
  private final Meter meter;
  private final BooleanSupplier stop;
  private TrainingState state = TrainingState.START;
  private TrainingState begun = TrainingState.START;

  Trainer(
      Recipe recipe,
      long seed,
      Compute compute,
      Learner learner,
      BatchLoader loader,
      Validation validation,
      RunFolder folder,
      Cadence cadence,
      Journal journal,
      Meter meter,
      BooleanSupplier stop) {
    this.recipe = recipe;
    this.seed = seed;
    this.compute = compute;
    this.learner = learner;
    this.loader = loader;
    this.validation = validation;
    this.journal = journal;
    this.meter = meter;
    this.stop = stop;
    int stepsPerEpoch = (loader.batches() + recipe.accumulate() - 1) / recipe.accumulate();
    schedule = Schedule.of(recipe.schedule(), recipe.epochs(), stepsPerEpoch);
    checkpoints = new Checkpoints(folder.checkpoints(), cadence);
    bestWeights = new BestWeights(folder.path(), recipe.keep(), recipe.select());
  }

  /** Trains until it is finished or told to stop, and saves where it then stands. */
  TrainingState run() throws IOException, InterruptedException {
    state = begun = checkpoints.restore(learner, journal::say).orElse(TrainingState.START);
    journal.begin(state);
    while (!state.finished(recipe.epochs(), recipe.patience())) {
      if (!train() || !validate()) {
        break;
      }
    }
    if (!checkpoints.current(state)) {
      save();
    }
    return counted();
  }

  /** The rest of an epoch; false if it was told to stop. */
  @SuppressWarnings("try") // the scope owns what a step makes
  private boolean train() throws IOException, InterruptedException {
    learner.criterion().epoch(state.epoch());
    learner.network().training(true);
    try (Epoch batches = loader.epoch(state.epoch(), state.batch())) {
      for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
        try (Batch batch = next.get();
            PointerScope scope = new PointerScope()) {
          meter.lap(Stage.WAIT);
          learn(batch);
        }
        meter.lap(Stage.BACKWARD); // with the memory of the step given back
        if (learner.gradients().due()) {
          step();
          if (checkpoints.due(state, 0)) {
            save();
          }
          if (stop.getAsBoolean()) {
            return false;
          }
        }
      }
    }
    if (learner.gradients().pending()) {
      step();
    }
    return !stop.getAsBoolean();
  }

  private void learn(Batch batch) {
    // Batch norm knows no variance of a single value.
    if (batch.size() < Math.min(2, recipe.batch())) {
      state = state.afterBatch(batch.number(), 0, 0);
      return;
    }
    if (!learner.gradients().pending()) {
      int left = loader.batches() - batch.number();
      learner.gradients().begin(Math.min(recipe.accumulate(), left));
    }
    try {
      manual_seed(RandomState.at(seed, state.epoch(), batch.number()));
      Tensor loss = loss(batch);
      meter.lap(Stage.FORWARD);
      double value = learner.gradients().accumulate(loss);
      meter.images(batch.size());
      state = state.afterBatch(batch.number(), value, batch.size());
      journal.pass(state, value);
    } catch (NotFiniteException e) {
      throw diverged(e);
    }
  }

  @SuppressWarnings("try") // the guard acts by being open
  private Tensor loss(Batch batch) {
    try (Autocast precision = compute.autocast()) {
      ScalarType type = compute.halved() ? ScalarType.BFloat16 : ScalarType.Float;
      Tensor logits = learner.network().forward(BatchImages.of(batch, compute.device(), type));
      Tensor own = learner.criterion().of(logits, labels(batch.labels(), batch.size()));
      double share = batch.mixing();
      if (share == 1) {
        return own;
      }
      Tensor other = learner.criterion().of(logits, labels(batch.partnerLabels(), batch.size()));
      return own.mul(new Scalar(share)).add(other.mul(new Scalar(1 - share)));
    }
  }

  private Tensor labels(long address, int size) {
    return Tensors.wrap(address, ScalarType.Long, size).to(compute.device(), ScalarType.Long);
  }

  private void step() throws IOException {
    try {
      double factor = schedule.at(state.step());
      double norm = learner.step(factor);
      state = state.afterStep();
      meter.lap(Stage.STEP);
      journal.step(state, factor * recipe.optimizer().rate(), norm);
    } catch (NotFiniteException e) {
      throw diverged(e);
    }
  }

  /** The epoch's validation; false if it was told to stop, and then it is still to be done. */
  private boolean validate() throws IOException, InterruptedException {
    if (checkpoints.due(state, validation.lastNanos())) {
      save();
    }
    learner.swapAverage();
    try {
      Optional<Measures> measured =
          validation.run(
              state.epoch(),
              learner,
              samples -> journal.validating(state, samples, validation.samples()),
              stop);
      if (measured.isEmpty()) {
        return false;
      }
      meter.lap(Stage.VALIDATE);
      Measures measures = measured.get();
      bestWeights.offer(measures, learner.network());
      Measures best =
          state.best().stream()
              .filter(b -> b.value(recipe.select()) >= measures.value(recipe.select()))
              .findFirst()
              .orElse(measures);
      journal.epoch(counted(), measures, best);
      state = state.afterEpoch(best);
      meter.lap(Stage.CHECKPOINT);
    } finally {
      learner.swapAverage();
    }
    return !stop.getAsBoolean();
  }

  private void save() throws IOException {
    meter.lap(Stage.STEP);
    try {
      checkpoints.save(counted(), learner);
    } catch (NotFiniteException e) {
      throw diverged(e);
    }
    meter.lap(Stage.CHECKPOINT);
  }

  /** The state with what is counted beside the loop, by this session and those before it. */
  private TrainingState counted() {
    return state.with(
        begun.skipped() + loader.skipped() + validation.skipped(),
        begun.seconds() + meter.seconds());
  }

  private DivergedException diverged(NotFiniteException cause) {
    double rate = schedule.at(state.step()) * recipe.optimizer().rate();
    return new DivergedException(state, rate, cause);
  }
}
