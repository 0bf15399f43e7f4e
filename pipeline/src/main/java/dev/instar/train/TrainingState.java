package dev.instar.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where training stands, but for weights, averages and the optimizer's state. Everything else that
 * a step depends on follows from the seed, the epoch and the batch.
 *
 * @param epoch that is under way, from 0
 * @param batch of it that comes next, from 0; the number of batches if only validation is left
 * @param step of the optimizer that comes next, from 0
 * @param lossSum of the epoch's samples so far, each batch's mean times its size
 * @param samples of the epoch so far
 * @param skipped records that were left out so far
 * @param seconds of training so far
 * @param best what the best epoch came to; none before the first validation
 */
record TrainingState<M extends Measured>(
    int epoch,
    int batch,
    long step,
    double lossSum,
    long samples,
    long skipped,
    double seconds,
    List<M> best) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  TrainingState {
    best = List.copyOf(best);
    if (epoch < 0 || batch < 0 || step < 0 || samples < 0 || best.size() > 1) {
      throw new IllegalArgumentException("no training stands at epoch " + epoch + ", step " + step);
    }
  }

  static <M extends Measured> TrainingState<M> start() {
    return new TrainingState<>(0, 0, 0, 0, 0, 0, 0, List.of());
  }

  /** After a forward and a backward pass. */
  TrainingState<M> afterBatch(int batch, double loss, int size) {
    return new TrainingState<>(
        epoch, batch + 1, step, lossSum + loss * size, samples + size, skipped, seconds, best);
  }

  /** After a step of the optimizer. */
  TrainingState<M> afterStep() {
    return new TrainingState<>(epoch, batch, step + 1, lossSum, samples, skipped, seconds, best);
  }

  /** After the validation of the epoch. */
  TrainingState<M> afterEpoch(M bestNow) {
    return new TrainingState<>(epoch + 1, 0, step, 0, 0, skipped, seconds, List.of(bestNow));
  }

  /** With what is counted beside the loop. */
  TrainingState<M> with(long skipped, double seconds) {
    return new TrainingState<>(epoch, batch, step, lossSum, samples, skipped, seconds, best);
  }

  /** The epoch's mean loss so far. */
  double meanLoss() {
    return samples == 0 ? 0 : lossSum / samples;
  }

  /** Whether nothing is left to do: an epoch that steps have ended is still to be validated. */
  boolean finished(Regime regime) {
    return epoch >= regime.epochs()
        || outOfSteps(regime) && samples == 0
        || outOfPatience(regime.patience());
  }

  /** Whether no step is left. */
  boolean outOfSteps(Regime regime) {
    return regime.steps() > 0 && step >= regime.steps();
  }

  boolean outOfPatience(int patience) {
    return patience > 0 && !best.isEmpty() && epoch - 1 - best.get(0).epoch() >= patience;
  }

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a state cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * @param measures the type of the best epoch's
   * @param file that it comes from, for messages
   */
  static <M extends Measured> TrainingState<M> parse(String json, Class<M> measures, Path file)
      throws InputException {
    try {
      return JSON.readValue(
          json, JSON.getTypeFactory().constructParametricType(TrainingState.class, measures));
    } catch (JsonProcessingException e) {
      throw new InputException(
          Fault.CORRUPT, file + " does not say where training stood: " + e.getOriginalMessage(), e);
    }
  }
}
