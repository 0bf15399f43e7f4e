package dev.instar.detect;

import dev.instar.crop.Quality;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Multinomial logistic regression over the {@link Appearance} of the best box, and fixed shares for
 * photographs without one. The numbers are in {@code quality.tsv}, which the benchmarks' {@code
 * FitQuality} writes.
 */
final class QualityModel {
  private static final int CLASSES = Quality.values().length;

  private final double[] withoutBox;
  private final double[] intercept;
  private final double[][] weights;

  private QualityModel(double[] withoutBox, double[] intercept, double[][] weights) {
    this.withoutBox = withoutBox;
    this.intercept = intercept;
    this.weights = weights;
  }

  /** The embedded one. */
  static QualityModel embedded() {
    List<double[]> rows = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String line : table().lines().skip(1).toList()) {
      String[] cells = line.split("\t", -1);
      names.add(cells[0]);
      rows.add(Arrays.stream(cells).skip(1).mapToDouble(Double::parseDouble).toArray());
    }
    List<String> expected = new ArrayList<>(List.of("no box", "intercept"));
    expected.addAll(Appearance.FEATURES);
    if (!names.equals(expected) || rows.stream().anyMatch(row -> row.length != CLASSES)) {
      throw new IllegalStateException("quality.tsv does not have the rows " + expected);
    }
    return new QualityModel(
        softmax(rows.get(0)), rows.get(1), rows.subList(2, rows.size()).toArray(double[][]::new));
  }

  private static String table() {
    try (InputStream in =
        Objects.requireNonNull(QualityModel.class.getResourceAsStream("quality.tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The probability of each quality, in their order, where there is no box. */
  double[] withoutBox() {
    return withoutBox.clone();
  }

  /** The probability of each quality, in their order. */
  double[] of(double[] features) {
    double[] logits = intercept.clone();
    for (int feature = 0; feature < weights.length; feature++) {
      for (int quality = 0; quality < CLASSES; quality++) {
        logits[quality] += weights[feature][quality] * features[feature];
      }
    }
    return softmax(logits);
  }

  private static double[] softmax(double[] logits) {
    double greatest = Arrays.stream(logits).max().orElseThrow();
    double[] powers = Arrays.stream(logits).map(logit -> Math.exp(logit - greatest)).toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(power -> power / sum).toArray();
  }
}
