package dev.instar.evaluate;

/**
 * How good predictions are. Formulas and their sources are in {@code docs/evaluation.md}.
 *
 * <p>More than what the trainer asks for is in here; see {@link #of}.
 */
public final class Evaluation {
  private Evaluation() {}

  /** Scores {@code predictions}, all of whose labels are known. */
  public static Evaluation of(Predictions predictions) {
    throw new UnsupportedOperationException();
  }

  /** The part of the samples whose class is among the {@code k} highest scores. */
  public double top(int k) {
    throw new UnsupportedOperationException();
  }

  /** The mean over classes of their own {@link #top}; absent classes are left out. */
  public double macroTop(int k) {
    throw new UnsupportedOperationException();
  }

  /** The mean cross-entropy of the samples. */
  public double loss() {
    throw new UnsupportedOperationException();
  }

  /** The unweighted mean of the classes' F1. */
  public double macroF1() {
    throw new UnsupportedOperationException();
  }
}
