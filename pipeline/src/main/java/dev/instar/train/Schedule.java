package dev.instar.train;

/** The learning rate over time, as a factor of the base rate: a pure function. Immutable. */
public interface Schedule {
  /**
   * The schedule that a recipe asks for.
   *
   * @param stepsPerEpoch steps of the optimizer, not batches, where gradients are accumulated
   */
  static Schedule of(Recipe.LearningRate rate, int epochs, int stepsPerEpoch) {
    return of(rate, epochs, stepsPerEpoch, 0);
  }

  /**
   * As above, where training may end earlier.
   *
   * @param mostSteps after which it ends, 0 for no limit
   */
  static Schedule of(Recipe.LearningRate rate, int epochs, int stepsPerEpoch, long mostSteps) {
    if (epochs < 1 || stepsPerEpoch < 1) {
      throw new IllegalArgumentException(
          "a schedule needs an epoch and a step, not " + epochs + " and " + stepsPerEpoch);
    }
    long all = (long) epochs * stepsPerEpoch;
    long steps = mostSteps > 0 ? Math.min(mostSteps, all) : all;
    long warmup = Math.min(steps, Math.round(rate.warmup() * stepsPerEpoch));
    Schedule main =
        switch (rate.kind()) {
          case CONSTANT -> step -> 1;
          case STEPS -> new Milestones(rate.milestones(), rate.factor(), stepsPerEpoch);
          case COSINE -> new Cosine(warmup, steps, rate.least());
        };
    return warmup == 0 ? main : new WarmUp(warmup, main);
  }

  /** The factor for the step {@code step}, from 0. */
  double at(long step);
}
