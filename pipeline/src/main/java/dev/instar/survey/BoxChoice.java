package dev.instar.survey;

import dev.instar.crop.Observation;

/**
 * Which boxes of a photograph are kept.
 *
 * @param minScore the least score, from 0 to 1
 * @param maxBoxes the most boxes, at least 1; those of the highest scores
 */
public record BoxChoice(double minScore, int maxBoxes) {
  public BoxChoice {
    if (!(minScore >= 0 && minScore <= 1) || maxBoxes < 1) {
      throw new IllegalArgumentException(
          "a least score of " + minScore + " and at most " + maxBoxes + " boxes");
    }
  }

  Observation of(Observation all) {
    return new Observation(
        all.photograph(),
        all.detections().stream()
            .filter(detection -> detection.score() >= minScore)
            .limit(maxBoxes)
            .toList(),
        all.quality());
  }
}
