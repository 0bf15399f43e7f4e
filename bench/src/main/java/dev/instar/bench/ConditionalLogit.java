package dev.instar.bench;

import java.util.Arrays;
import java.util.List;

/**
 * Fits a conditional logit (McFadden 1974) with soft targets by Newton's method: the alternatives
 * of a case compete with each other and with an empty alternative whose score is 0. The loss is
 * convex.
 */
final class ConditionalLogit {
  private static final int STEPS = 30;
  private static final double CONVERGED = 1e-9;

  /**
   * One case.
   *
   * @param rows the terms of each alternative, the first of which is constant
   * @param targets the share of each alternative; the empty one has the rest of 1
   */
  record Case(double[][] rows, double[] targets) {}

  private final List<Case> cases;
  private final double ridge;
  private final int terms;

  private ConditionalLogit(List<Case> cases, double ridge, int terms) {
    this.cases = cases;
    this.ridge = ridge;
    this.terms = terms;
  }

  /**
   * The weights of the terms.
   *
   * @param ridge the penalty times the squared weights but the constant's, beside the mean loss of
   *     a case
   */
  static double[] fit(List<Case> cases, int terms, double ridge) {
    ConditionalLogit problem = new ConditionalLogit(cases, ridge, terms);
    double[] weights = new double[terms];
    double loss = problem.loss(weights);
    for (int step = 0; step < STEPS; step++) {
      double[] direction = problem.newton(weights);
      double length = 1;
      double[] next = moved(weights, direction, length);
      double then = problem.loss(next);
      while (!(then <= loss) && length > 1e-6) {
        length /= 2;
        next = moved(weights, direction, length);
        then = problem.loss(next);
      }
      boolean converged = loss - then < CONVERGED;
      weights = next;
      loss = then;
      if (converged) {
        break;
      }
    }
    return weights;
  }

  private static double[] moved(double[] from, double[] direction, double length) {
    double[] to = from.clone();
    for (int i = 0; i < to.length; i++) {
      to[i] -= length * direction[i];
    }
    return to;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** The probabilities of the alternatives but the empty one, and the logarithm of all weights. */
  private static double probabilities(Case one, double[] weights, double[] into) {
    double greatest = 0;
    for (int k = 0; k < one.rows.length; k++) {
      into[k] = dot(one.rows[k], weights);
      greatest = Math.max(greatest, into[k]);
    }
    double sum = Math.exp(-greatest);
    for (int k = 0; k < one.rows.length; k++) {
      into[k] = Math.exp(into[k] - greatest);
      sum += into[k];
    }
    for (int k = 0; k < one.rows.length; k++) {
      into[k] /= sum;
    }
    return greatest + Math.log(sum);
  }

  private double loss(double[] weights) {
    double loss = 0;
    for (Case one : cases) {
      loss += probabilities(one, weights, new double[one.rows.length]);
      for (int k = 0; k < one.rows.length; k++) {
        if (one.targets[k] > 0) {
          loss -= one.targets[k] * dot(one.rows[k], weights);
        }
      }
    }
    double squares = dot(weights, weights) - weights[0] * weights[0];
    return loss / cases.size() + ridge * squares;
  }

  /** The gradient divided by the second derivatives. */
  private double[] newton(double[] weights) {
    double[] slope = new double[terms];
    double[][] curvature = new double[terms][terms];
    for (Case one : cases) {
      double[] probabilities = new double[one.rows.length];
      probabilities(one, weights, probabilities);
      double[] mean = new double[terms];
      for (int k = 0; k < one.rows.length; k++) {
        double[] row = one.rows[k];
        double error = probabilities[k] - one.targets[k];
        for (int i = 0; i < terms; i++) {
          slope[i] += error * row[i];
          mean[i] += probabilities[k] * row[i];
          double weighted = probabilities[k] * row[i];
          for (int j = 0; j <= i; j++) {
            curvature[i][j] += weighted * row[j];
          }
        }
      }
      for (int i = 0; i < terms; i++) {
        for (int j = 0; j <= i; j++) {
          curvature[i][j] -= mean[i] * mean[j];
        }
      }
    }
    for (int i = 0; i < terms; i++) {
      slope[i] = slope[i] / cases.size() + (i == 0 ? 0 : 2 * ridge * weights[i]);
      for (int j = 0; j <= i; j++) {
        curvature[i][j] /= cases.size();
      }
      curvature[i][i] += i == 0 ? 1e-9 : 2 * ridge;
    }
    return solve(curvature, slope);
  }

  /** Solves a symmetric positive definite system, given its lower half, by Cholesky's method. */
  private static double[] solve(double[][] matrix, double[] right) {
    int n = right.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / lower[j][j];
      }
    }
    double[] solution = Arrays.copyOf(right, n);
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        solution[i] -= lower[i][k] * solution[k];
      }
      solution[i] /= lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        solution[i] -= lower[k][i] * solution[k];
      }
      solution[i] /= lower[i][i];
    }
    return solution;
  }
}
