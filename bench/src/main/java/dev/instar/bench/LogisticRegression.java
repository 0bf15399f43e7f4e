package dev.instar.bench;

import java.util.Arrays;

/**
 * Multinomial logistic regression with a ridge, on standardised features.
 *
 * @param intercept for each class
 * @param weights for each feature and class, of features as they are
 */
record LogisticRegression(double[] intercept, double[][] weights) {
  private static final int STEPS = 3000;

  /**
   * Fits by Nesterov's accelerated descent, which has converged to more digits than are kept.
   *
   * @param rows an array of features each
   * @param labels the class of each, from 0
   * @param balance how much rarer classes count: each row counts as its class's share to the power
   *     of {@code -balance}; 0 counts all alike, 1 gives every class the same weight
   * @param ridge the penalty, half of it times the squared weights, beside the mean loss of a row
   */
  static LogisticRegression fit(
      double[][] rows, int[] labels, int classes, double balance, double ridge) {
    int features = rows[0].length;
    double[] mean = new double[features];
    double[] deviation = new double[features];
    for (int j = 0; j < features; j++) {
      int feature = j;
      double[] column = Arrays.stream(rows).mapToDouble(row -> row[feature]).toArray();
      double middle = Arrays.stream(column).average().orElseThrow();
      mean[j] = middle;
      double square =
          Arrays.stream(column).map(v -> (v - middle) * (v - middle)).average().orElseThrow();
      deviation[j] = square > 0 ? Math.sqrt(square) : 1;
    }
    double[][] standard = new double[rows.length][features + 1];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < features; j++) {
        standard[i][j] = (rows[i][j] - mean[j]) / deviation[j];
      }
      standard[i][features] = 1;
    }
    double[][] found =
        descend(standard, labels, importance(labels, classes, balance), classes, ridge);
    double[] intercept = found[features].clone();
    double[][] weights = new double[features][classes];
    for (int j = 0; j < features; j++) {
      for (int c = 0; c < classes; c++) {
        weights[j][c] = found[j][c] / deviation[j];
        intercept[c] -= weights[j][c] * mean[j];
      }
    }
    return new LogisticRegression(intercept, weights);
  }

  /** The likeliest class of a row of features; of equal ones the first. */
  int predict(double[] row) {
    int likeliest = 0;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < intercept.length; c++) {
      double logit = intercept[c];
      for (int j = 0; j < row.length; j++) {
        logit += weights[j][c] * row[j];
      }
      if (logit > greatest) {
        greatest = logit;
        likeliest = c;
      }
    }
    return likeliest;
  }

  /** What each row counts; they sum to 1. */
  private static double[] importance(int[] labels, int classes, double balance) {
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    double[] importance =
        Arrays.stream(labels).mapToDouble(label -> Math.pow(counts[label], -balance)).toArray();
    double sum = Arrays.stream(importance).sum();
    return Arrays.stream(importance).map(value -> value / sum).toArray();
  }

  /** The weights of features and classes; the last feature is constant and has no penalty. */
  private static double[][] descend(
      double[][] rows, int[] labels, double[] importance, int classes, double ridge) {
    int features = rows[0].length;
    // Half the features' mean square, of which each but the constant has about 1, bounds the loss's
    // curvature (Boehning 1992).
    double curvature = ridge;
    for (int i = 0; i < rows.length; i++) {
      curvature += 0.5 * importance[i] * Arrays.stream(rows[i]).map(v -> v * v).sum();
    }
    double[][] weights = new double[features][classes];
    double[][] ahead = new double[features][classes];
    for (int step = 0; step < STEPS; step++) {
      double[][] slope = slope(rows, labels, importance, ahead, ridge);
      double momentum = step / (step + 3.0);
      for (int j = 0; j < features; j++) {
        for (int c = 0; c < classes; c++) {
          double next = ahead[j][c] - slope[j][c] / curvature;
          ahead[j][c] = next + momentum * (next - weights[j][c]);
          weights[j][c] = next;
        }
      }
    }
    return weights;
  }

  private static double[][] slope(
      double[][] rows, int[] labels, double[] importance, double[][] weights, double ridge) {
    int features = weights.length;
    int classes = weights[0].length;
    double[][] slope = new double[features][classes];
    double[] powers = new double[classes];
    for (int i = 0; i < rows.length; i++) {
      Arrays.fill(powers, 0);
      for (int j = 0; j < features; j++) {
        for (int c = 0; c < classes; c++) {
          powers[c] += rows[i][j] * weights[j][c];
        }
      }
      double greatest = Arrays.stream(powers).max().orElseThrow();
      Arrays.setAll(powers, c -> Math.exp(powers[c] - greatest));
      double sum = Arrays.stream(powers).sum();
      for (int c = 0; c < classes; c++) {
        double error = importance[i] * (powers[c] / sum - (labels[i] == c ? 1 : 0));
        for (int j = 0; j < features; j++) {
          slope[j][c] += error * rows[i][j];
        }
      }
    }
    for (int j = 0; j < features - 1; j++) {
      for (int c = 0; c < classes; c++) {
        slope[j][c] += ridge * weights[j][c];
      }
    }
    return slope;
  }
}
