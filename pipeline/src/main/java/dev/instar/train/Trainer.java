package dev.instar.train;

import static org.bytedeco.pytorch.global.torch.manual_seed;

import dev.instar.train.Meter.Stage;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;

/**
 * The training loop: draw a batch, forward, loss, backward, step, log, checkpoint.
 *
 * <p>Not thread-safe; the thread that runs it is the one that LibTorch works for.
 */
final class Trainer<M extends Measured> {
  private final Regime regime;
  private final long seed;
  private final Compute compute;
  private final Learner learner;
  private final Task<M> task;
  private final Schedule schedule;
  private final Checkpoints<M> checkpoints;
  private final Selection<M> selection;
  private final BestWeights bestWeights;
  private final Journal journal;
  private final Meter meter;
  private final BooleanSupplier stop;
  private TrainingState<M> state = TrainingState.start();
  private TrainingState<M> begun = state;
  private long validationNanos;

  Trainer(
      Regime regime,
      long seed,
      Compute compute,
      Learner learner,
      Task<M> task,
      RunFolder folder,
      Cadence cadence,
      Journal journal,
      Meter meter,
      BooleanSupplier stop) {
    this.regime = regime;
    this.seed = seed;
    this.compute = compute;
    this.learner = learner;
    this.task = task;
    this.journal = journal;
    this.meter = meter;
    this.stop = stop;
    int stepsPerEpoch = (task.batches() + regime.accumulate() - 1) / regime.accumulate();
    schedule = Schedule.of(regime.schedule(), regime.epochs(), stepsPerEpoch, regime.steps());
    selection = task.selection();
    checkpoints = new Checkpoints<>(folder.checkpoints(), cadence, selection.type());
    bestWeights = new BestWeights(folder.path(), selection.keep(), selection.measure());
  }

  /** Trains until it is finished or told to stop, and saves where it then stands. */
  TrainingState<M> run() throws IOException, InterruptedException {
    state = begun = checkpoints.restore(learner, journal::say).orElse(TrainingState.start());
    journal.begin(state);
    while (!state.finished(regime)) {
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
    learner.network().training(true);
    try (Task.Lessons lessons = task.epoch(state.epoch(), state.batch())) {
      while (!state.outOfSteps(regime)) {
        Optional<Task.Lesson> next = lessons.batches().next();
        if (next.isEmpty()) {
          break;
        }
        try (Task.Lesson lesson = next.get();
            PointerScope scope = new PointerScope()) {
          meter.lap(Stage.WAIT);
          learn(lesson);
        }
        meter.lap(Stage.BACKWARD); // with the memory of the step given back
        if (learner.gradients().due()) {
          step();
          if (stop.getAsBoolean()) { // before anything is written: it may throw
            return false;
          }
          if (checkpoints.due(state, 0)) {
            save();
          }
        }
      }
    }
    if (learner.gradients().pending()) {
      step();
    }
    return !stop.getAsBoolean();
  }

  private void learn(Task.Lesson lesson) {
    if (lesson.samples() < regime.leastBatch()) {
      state = state.afterBatch(lesson.number(), 0, 0);
      return;
    }
    if (!learner.gradients().pending()) {
      int left = task.batches() - lesson.number();
      learner.gradients().begin(Math.min(regime.accumulate(), left));
    }
    try {
      manual_seed(RandomState.at(seed, state.epoch(), lesson.number()));
      Task.Loss loss = loss(lesson);
      meter.lap(Stage.FORWARD);
      double value = learner.gradients().accumulate(loss.total());
      meter.images(lesson.samples());
      state = state.afterBatch(lesson.number(), value, lesson.samples());
      journal.pass(state, value, loss.parts());
    } catch (NotFiniteException e) {
      throw diverged(e);
    }
  }

  @SuppressWarnings("try") // the guard acts by being open
  private Task.Loss loss(Task.Lesson lesson) {
    try (Autocast precision = compute.autocast()) {
      return lesson.loss().get();
    }
  }

  private void step() throws IOException {
    try {
      double norm = learner.step(schedule.at(state.step()));
      double rate = rate(state.step());
      state = state.afterStep();
      meter.lap(Stage.STEP);
      journal.step(state, rate, norm);
    } catch (NotFiniteException e) {
      throw diverged(e);
    }
  }

  /** The epoch's validation; false if it was told to stop, and then it is still to be done. */
  private boolean validate() throws IOException, InterruptedException {
    if (checkpoints.due(state, validationNanos)) {
      save();
    }
    learner.swapAverage();
    try {
      long start = System.nanoTime();
      Optional<M> measured =
          task.validate(
              state.epoch(), samples -> journal.validating(state, samples, task.validated()), stop);
      if (measured.isEmpty()) {
        return false;
      }
      validationNanos = System.nanoTime() - start;
      meter.lap(Stage.VALIDATE);
      M measures = measured.get();
      double value = selection.of(measures);
      bestWeights.offer(measures.epoch(), value, learner.network());
      M best =
          state.best().stream().filter(b -> selection.of(b) >= value).findFirst().orElse(measures);
      journal.epoch(counted(), rate(Math.max(0, state.step() - 1)), measures, best);
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
  private TrainingState<M> counted() {
    return state.with(begun.skipped() + task.skipped(), begun.seconds() + meter.seconds());
  }

  private DivergedException diverged(NotFiniteException cause) {
    return new DivergedException(state, rate(state.step()), cause);
  }

  /** The learning rate of a step. */
  private double rate(long step) {
    return schedule.at(step) * regime.optimizer().rate();
  }
}
