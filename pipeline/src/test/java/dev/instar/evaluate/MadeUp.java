package dev.instar.evaluate;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Scores that tests make. */
public final class MadeUp {
  private MadeUp() {}

  /** Scores that say which class is how likely, a row a sample. */
  public static Predictions predictions(int[] labels, float[]... logits) {
    int classes = logits[0].length;
    float[] all = new float[labels.length * classes];
    for (int i = 0; i < labels.length; i++) {
      System.arraycopy(logits[i], 0, all, i * classes, classes);
    }
    return Predictions.of(classes, IntStream.range(0, labels.length).toArray(), labels, all);
  }

  /** Labels and scores at random; scores are multiples of a quarter, so many are equal. */
  public static Predictions random(int classes, int samples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] labels = new int[samples];
    float[] logits = new float[samples * classes];
    for (int i = 0; i < samples; i++) {
      labels[i] = random.nextInt(classes);
      for (int c = 0; c < classes; c++) {
        logits[i * classes + c] = random.nextInt(-12, 12) / 4f + (c == labels[i] ? 1 : 0);
      }
    }
    return Predictions.of(classes, IntStream.range(0, samples).toArray(), labels, logits);
  }

  /** The same samples in another order. */
  public static Predictions inOrder(Predictions given, int[] order) {
    int classes = given.classes();
    int[] labels = new int[order.length];
    float[] logits = new float[order.length * classes];
    for (int i = 0; i < order.length; i++) {
      labels[i] = given.label(order[i]);
      for (int c = 0; c < classes; c++) {
        logits[i * classes + c] = given.logit(order[i], c);
      }
    }
    return Predictions.of(classes, order, labels, logits);
  }
}
