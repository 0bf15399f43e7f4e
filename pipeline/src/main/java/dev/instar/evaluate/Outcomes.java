package dev.instar.evaluate;

/**
 * What became of each sample: the class with the highest score, and the place of the true class
 * among the scores. Of equal scores the class with the smaller number comes first, as in NumPy's
 * and PyTorch's argmax: classes are numbered by falling frequency, so it is the likelier one.
 *
 * @param predicted the class with the highest score
 * @param places the place of the true class, 0 for the highest score
 * @param confidences the probability of the predicted class
 * @param truths the probability of the true class
 * @param losses the cross-entropy, in nats
 */
record Outcomes(
    int[] labels,
    int[] predicted,
    int[] places,
    double[] confidences,
    float[] truths,
    double[] losses) {
  static Outcomes of(Predictions predictions) {
    int size = predictions.size();
    Outcomes outcomes =
        new Outcomes(
            new int[size],
            new int[size],
            new int[size],
            new double[size],
            new float[size],
            new double[size]);
    double[] probabilities = new double[predictions.classes()];
    for (int i = 0; i < size; i++) {
      int label = predictions.label(i);
      if (label < 0 || label >= predictions.classes()) {
        throw new IllegalArgumentException("the class of sample " + i + " is not known");
      }
      outcomes.labels[i] = label;
      outcomes.predicted[i] = predictions.best(i);
      outcomes.places[i] = place(predictions, i, label);
      double logSum = predictions.probabilities(i, probabilities);
      outcomes.confidences[i] = probabilities[outcomes.predicted[i]];
      outcomes.truths[i] = (float) probabilities[label];
      outcomes.losses[i] = logSum - predictions.logit(i, label);
    }
    return outcomes;
  }

  private static int place(Predictions predictions, int sample, int label) {
    float own = predictions.logit(sample, label);
    int place = 0;
    for (int c = 0; c < predictions.classes(); c++) {
      float other = predictions.logit(sample, c);
      if (other > own || other == own && c < label) {
        place++;
      }
    }
    return place;
  }

  int size() {
    return labels.length;
  }
}
