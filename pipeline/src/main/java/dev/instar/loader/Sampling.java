package dev.instar.loader;

/** Which records an epoch visits, and in which order. Weighted ones draw with replacement. */
public enum Sampling {
  /** Each once, in random order. */
  SHUFFLED,
  /** Each once, in the order of the table. */
  SEQUENTIAL,
  /** With a probability of one over the size of the class: all classes alike in the mean. */
  INVERSE_FREQUENCY,
  /** With a probability of one over the class's effective number of samples (Cui et al. 2019). */
  EFFECTIVE_NUMBER,
  /**
   * With a probability of one over the square root of the size of the class (Mahajan et al. 2018).
   */
  SQUARE_ROOT,
  /** Class by class in turn, then a record of it: all classes exactly alike. */
  CLASS_BALANCED
}
