package dev.instar.loader;

import java.util.Arrays;

/**
 * The order of samples in an epoch: a function of the seed and the epoch. As many samples as there
 * are, whatever the sampling. Takes three ints a sample. Immutable.
 */
final class Sampler {
  /** What Cui et al. 2019 use for long-tailed photographs (section 5.1). */
  private static final double BETA = 0.9999;

  private final Sampling sampling;
  private final long seed;
  private final int size;

  /** Samples by class, those of class c from {@code starts[c]} to {@code starts[c + 1]}. */
  private final int[] byClass;

  private final int[] starts;

  /**
   * The sampler of some samples.
   *
   * @throws IllegalArgumentException if classes matter and a sample's is not known
   */
  Sampler(Samples samples, Sampling sampling, long seed) {
    this.sampling = sampling;
    this.seed = seed;
    size = samples.size();
    boolean classless = sampling == Sampling.SHUFFLED || sampling == Sampling.SEQUENTIAL;
    starts = new int[classless ? 1 : samples.classes() + 1];
    byClass = new int[classless ? 0 : size];
    if (!classless) {
      group(samples);
    }
  }

  /** Whether an epoch may take a sample more than once, so that its draws depend on the place. */
  boolean repeats() {
    return sampling != Sampling.SHUFFLED && sampling != Sampling.SEQUENTIAL;
  }

  /** The samples of an epoch in their order. */
  int[] order(int epoch) {
    Chance chance = new Chance().begin(seed, epoch, 0, Chance.Purpose.ORDER);
    int[] order = new int[size];
    switch (sampling) {
      case SEQUENTIAL -> Arrays.setAll(order, i -> i);
      case SHUFFLED -> {
        Arrays.setAll(order, i -> i);
        chance.shuffle(order, 0, size);
      }
      case CLASS_BALANCED -> takeTurns(order, chance);
      case INVERSE_FREQUENCY, EFFECTIVE_NUMBER, SQUARE_ROOT -> drawWeighted(order, chance);
    }
    return order;
  }

  /** Draws a class with its share of the weight, then any of its samples. */
  private void drawWeighted(int[] order, Chance chance) {
    double[] upTo = new double[starts.length - 1];
    double sum = 0;
    for (int c = 0; c < upTo.length; c++) {
      int records = starts[c + 1] - starts[c];
      sum += records * weight(records);
      upTo[c] = sum;
    }
    for (int i = 0; i < size; i++) {
      int c = firstAbove(upTo, chance.uniform() * sum);
      order[i] = byClass[starts[c] + chance.below(starts[c + 1] - starts[c])];
    }
  }

  /** The weight of a sample whose class has that many. */
  private double weight(int records) {
    if (records == 0) {
      return 0;
    }
    return switch (sampling) {
      case INVERSE_FREQUENCY -> 1.0 / records;
      // Cui et al. 2019, eq. 2: (1 - beta^n) / (1 - beta) samples are worth n.
      case EFFECTIVE_NUMBER -> (1 - BETA) / (1 - StrictMath.pow(BETA, records));
      case SQUARE_ROOT -> 1 / Math.sqrt(records);
      case SHUFFLED, SEQUENTIAL, CLASS_BALANCED ->
          throw new IllegalStateException(sampling + " has no weights");
    };
  }

  /** The first place whose sum is above {@code value}: never that of a class without weight. */
  private static int firstAbove(double[] upTo, double value) {
    int low = 0;
    int high = upTo.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (upTo[middle] > value) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /**
   * Rounds of all classes, each round in an order of its own (or processes that share an epoch
   * would each see the same classes); the samples of a class in random order, again and again.
   */
  private void takeTurns(int[] order, Chance chance) {
    int[] classes = occupied();
    int[] shuffled = byClass.clone();
    int[] next = starts.clone();
    for (int i = 0; i < size; i++) {
      int turn = i % classes.length;
      if (turn == 0) {
        chance.shuffle(classes, 0, classes.length);
      }
      int c = classes[turn];
      if (next[c] == starts[c]) {
        chance.shuffle(shuffled, starts[c], starts[c + 1]);
      }
      order[i] = shuffled[next[c]++];
      if (next[c] == starts[c + 1]) {
        next[c] = starts[c];
      }
    }
  }

  private int[] occupied() {
    int[] classes = new int[starts.length - 1];
    int count = 0;
    for (int c = 0; c < classes.length; c++) {
      if (starts[c + 1] > starts[c]) {
        classes[count++] = c;
      }
    }
    return Arrays.copyOf(classes, count);
  }

  private void group(Samples samples) {
    for (int i = 0; i < size; i++) {
      int label = samples.label(i);
      if (label < 0) {
        throw new IllegalArgumentException(
            "samples are drawn by class, and the class of "
                + samples.source().location(samples.record(i))
                + " is not known");
      }
      starts[label + 1]++;
    }
    for (int c = 1; c < starts.length; c++) {
      starts[c] += starts[c - 1];
    }
    int[] next = starts.clone();
    for (int i = 0; i < size; i++) {
      byClass[next[samples.label(i)]++] = i;
    }
  }
}
