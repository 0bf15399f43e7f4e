package dev.instar.train;

/**
 * Half a cosine from 1 at the step {@code start} to {@code least} at the last of {@code steps}
 * (Loshchilov and Hutter 2017, eq. 5, without restarts).
 */
record Cosine(long start, long steps, double least) implements Schedule {
  @Override
  public double at(long step) {
    long length = Math.max(1, steps - 1 - start);
    double progress = Math.min(1, Math.max(0, (double) (step - start) / length));
    return least + (1 - least) * (1 + Math.cos(Math.PI * progress)) / 2;
  }
}
