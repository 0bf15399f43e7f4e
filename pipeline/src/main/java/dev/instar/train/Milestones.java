package dev.instar.train;

import java.util.List;

/**
 * The rate falls by a factor at each of some epochs (the reference: a tenth at 20 and 25,
 * utils.py:105).
 */
record Milestones(List<Integer> epochs, double factor, int stepsPerEpoch) implements Schedule {
  Milestones {
    epochs = List.copyOf(epochs);
  }

  @Override
  public double at(long step) {
    long epoch = step / stepsPerEpoch;
    return Math.pow(factor, epochs.stream().filter(milestone -> milestone <= epoch).count());
  }
}
