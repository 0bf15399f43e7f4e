package dev.instar.train;

/** The rate of {@code main} rises over the first {@code steps} linearly from a hundredth of it. */
record WarmUp(long steps, Schedule main) implements Schedule {
  private static final double START = 0.01;

  @Override
  public double at(long step) {
    double part = step >= steps ? 1 : START + (1 - START) * step / steps;
    return part * main.at(step);
  }
}
