package dev.instar.train;

/** The learning rate over time, as a factor of the base rate. Immutable. */
public interface Schedule {
  /** The schedule that a recipe asks for. */
  static Schedule of(Recipe.LearningRate rate, int epochs, int stepsPerEpoch) {
    throw new UnsupportedOperationException();
  }

  /** The factor for the step {@code step}, from 0. */
  double at(long step);
}
