package dev.instar.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.train.Meter.Stage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a run says while it works: to a person in the {@link TrainingLog}, to programs in {@code
 * history.jsonl}, to TensorBoard in an event file. Not thread-safe.
 */
final class Journal implements AutoCloseable {
  /** Steps from one line of the history to the next; an epoch has its own line besides. */
  private static final int STEPS = 50;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunFolder folder;
  private final TrainingLog log;
  private final Regime regime;
  private final String recipe;
  private final int batches;
  private final Map<String, Double> partSums = new LinkedHashMap<>();
  private final Meter meter;
  private History history;
  private EventFile events;
  private TrainingState<?> begun;
  private Meter shown;
  private Meter written;
  private Meter epochBegun;
  private double lossSum;
  private int losses;
  private long validated;

  /**
   * @param recipe as YAML
   * @param batches of an epoch
   * @param meter that the loop measures with
   */
  Journal(
      RunFolder folder, TrainingLog log, Regime regime, String recipe, int batches, Meter meter) {
    this.folder = folder;
    this.log = log;
    this.regime = regime;
    this.recipe = recipe;
    this.batches = batches;
    this.meter = meter;
  }

  /** Opens the files to go on from {@code state}; what they say of later steps is dropped. */
  void begin(TrainingState<?> state) throws IOException {
    begun = state;
    shown = meter.copy();
    written = meter.copy();
    epochBegun = meter.copy();
    history = History.open(folder.history(), state.step());
    events = new EventFile(folder.path(), state.step());
    if (state.step() == 0) {
      events.text(0, "recipe", "```yaml\n" + recipe + "```");
      events.flush();
    }
  }

  /**
   * After a pass.
   *
   * @param parts of the loss by name
   */
  void pass(TrainingState<?> state, double loss, Map<String, Double> parts) {
    lossSum += loss;
    parts.forEach((part, value) -> partSums.merge(part, value, Double::sum));
    losses++;
    if (log.due()) {
      Meter recent = meter.since(shown);
      shown = meter.copy();
      double done = done(state);
      double session = Math.max(1e-9, done - done(begun));
      log.show(
          state.epoch() + 1,
          regime.epochs(),
          done,
          state.meanLoss(),
          recent,
          meter.seconds() / session * (1 - done));
    }
  }

  /**
   * After a step of the optimizer.
   *
   * @param rate the learning rate that it was made with
   * @param norm of the gradients before they were clipped
   */
  void step(TrainingState<?> state, double rate, double norm) throws IOException {
    if (state.step() % STEPS != 0) {
      return;
    }
    Meter recent = meter.since(written);
    written = meter.copy();
    ObjectNode line = line("step", state);
    line.put("loss", lossSum / losses);
    partSums.forEach((part, sum) -> line.put("loss_" + part, sum / losses));
    line.put("learning_rate", rate);
    line.put("gradient_norm", norm);
    line.put("images_per_second", recent.imagesPerSecond());
    ObjectNode stages = line.putObject("stage_seconds");
    recent.stageSeconds().forEach((stage, seconds) -> stages.put(stage.label(), seconds));
    history.append(line);
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put("train/loss", lossSum / losses);
    partSums.forEach((part, sum) -> scalars.put("train/loss_" + part, sum / losses));
    scalars.put("train/learning_rate", rate);
    scalars.put("train/gradient_norm", norm);
    scalars.put("speed/images_per_second", recent.imagesPerSecond());
    scalars.put(
        "speed/wait_share",
        recent.stageSeconds().get(Stage.WAIT) / Math.max(1e-9, recent.seconds()));
    events.scalars(state.step(), scalars);
    events.flush();
    lossSum = 0;
    partSums.clear();
    losses = 0;
  }

  /** After another batch was validated. */
  void validating(TrainingState<?> state, int samples, int of) {
    validated += samples;
    log.validating(state.epoch() + 1, validated, of);
  }

  /**
   * After an epoch was validated.
   *
   * @param rate the learning rate of its last step
   * @param best the best epoch's, this one's if it is that
   */
  void epoch(TrainingState<?> state, double rate, Measured measures, Measured best)
      throws IOException {
    validated = 0;
    ObjectNode line = line("epoch", state);
    line.put("loss", state.meanLoss());
    line.put("learning_rate", rate);
    line.put("images_per_second", meter.since(epochBegun).imagesPerSecond());
    epochBegun = meter.copy();
    line.put("skipped", state.skipped());
    line.put("best", best.epoch() == measures.epoch());
    line.set("validation", JSON.valueToTree(measures));
    history.append(line);
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put("epoch/train_loss", state.meanLoss());
    measures.scalars().forEach((name, value) -> scalars.put("epoch/" + name, value));
    events.scalars(state.step(), scalars);
    events.flush();
    log.say(
        String.format(
            Locale.ROOT,
            "train epoch %d/%d  loss %.4f  %s  %,.1f images/s  %s%s",
            state.epoch() + 1,
            regime.epochs(),
            state.meanLoss(),
            measures.sentence(),
            meter.imagesPerSecond(),
            meter.shares(),
            best.epoch() == measures.epoch() ? "  best so far" : ""));
  }

  void say(String remark) {
    log.say(remark);
  }

  private double done(TrainingState<?> state) {
    double ofEpochs = (state.epoch() + (double) state.batch() / batches) / regime.epochs();
    double ofSteps = regime.steps() == 0 ? 0 : (double) state.step() / regime.steps();
    return Math.max(ofEpochs, ofSteps);
  }

  private ObjectNode line(String kind, TrainingState<?> state) {
    return JSON.createObjectNode()
        .put("kind", kind)
        .put("step", state.step())
        .put("epoch", state.epoch())
        .put("epochs", regime.epochs())
        .put("done", done(state))
        .put("seconds", begun.seconds() + meter.seconds());
  }

  @Override
  public void close() throws IOException {
    log.end();
    try {
      if (history != null) {
        history.close();
      }
    } finally {
      if (events != null) {
        events.close();
      }
    }
  }
}
