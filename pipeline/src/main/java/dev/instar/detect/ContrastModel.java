package dev.instar.detect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Tells specimens among candidates: a conditional logit (McFadden 1974), in which all candidates of
 * a photograph compete with each other and with an empty well, whose score is 0. Scores are linear
 * in the candidates' features and in some products of two. Immutable.
 *
 * <p>The weights are in {@code contrast.tsv}, which the benchmarks' {@code FitContrast} writes.
 */
public final class ContrastModel {
  /** Pairs of features whose product, both taken from their centres, is a feature as well. */
  private static final List<List<String>> PRODUCTS =
      List.of(
          List.of("gradient", "rise"),
          List.of("gradient", "level"),
          List.of("gradient", "peak"),
          List.of("thickness", "level"),
          List.of("thickness", "rise"),
          List.of("thickness", "area"),
          List.of("elongation", "area"),
          List.of("filled", "area"),
          List.of("rise", "rise"),
          List.of("gradient", "gradient"),
          List.of("nearOfContrast", "area"),
          List.of("aroundOfContrast", "area"),
          List.of("grows", "area"),
          List.of("core5", "area"),
          List.of("border", "area"),
          List.of("border", "filled"),
          List.of("warm", "dark"),
          List.of("warmth", "level"),
          List.of("peak", "level"),
          List.of("peak", "peak"));

  /** The places of the features of each product. */
  private static final int[][] FACTORS =
      PRODUCTS.stream()
          .map(product -> product.stream().mapToInt(Candidate.FEATURES::indexOf).toArray())
          .toArray(int[][]::new);

  /** Standardised features are believed this far from their centre. */
  private static final double FARTHEST = 4;

  private static final int BASES = Candidate.FEATURES.size();

  private final double threshold;
  private final double intercept;
  private final double[] centres;
  private final double[] spreads;
  private final double[] weights;

  /**
   * @param threshold the least score of a photograph, a probability, that is a find
   * @param intercept of a candidate's score
   * @param centres of every term of {@link #terms}
   * @param spreads of every term, above 0
   * @param weights of every standardised term
   */
  public ContrastModel(
      double threshold, double intercept, double[] centres, double[] spreads, double[] weights) {
    this.threshold = threshold;
    this.intercept = intercept;
    this.centres = centres.clone();
    this.spreads = spreads.clone();
    this.weights = weights.clone();
  }

  /** The one that detectors use. */
  static ContrastModel embedded() {
    return parse(table());
  }

  /**
   * Reads what {@link #toTable} writes.
   *
   * @throws IllegalStateException if it is the table of another model
   */
  static ContrastModel parse(String table) {
    List<String> names = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
    for (String line : table.lines().skip(1).toList()) {
      String[] cells = line.split("\t", -1);
      names.add(cells[0]);
      rows.add(Arrays.stream(cells).skip(1).mapToDouble(Double::parseDouble).toArray());
    }
    List<String> expected = new ArrayList<>(List.of("threshold", "intercept"));
    expected.addAll(terms());
    if (!names.equals(expected) || rows.stream().anyMatch(row -> row.length != 3)) {
      throw new IllegalStateException("contrast.tsv does not have the rows " + expected);
    }
    List<double[]> ofTerms = rows.subList(2, rows.size());
    return new ContrastModel(
        rows.get(0)[2],
        rows.get(1)[2],
        ofTerms.stream().mapToDouble(row -> row[0]).toArray(),
        ofTerms.stream().mapToDouble(row -> row[1]).toArray(),
        ofTerms.stream().mapToDouble(row -> row[2]).toArray());
  }

  private static String table() {
    try (InputStream in =
        Objects.requireNonNull(ContrastModel.class.getResourceAsStream("contrast.tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of what scores are linear in: the features, then products. */
  public static List<String> terms() {
    List<String> terms = new ArrayList<>(Candidate.FEATURES);
    PRODUCTS.forEach(product -> terms.add(String.join("*", product)));
    return List.copyOf(terms);
  }

  /**
   * The terms of a candidate.
   *
   * @param centres of the features, at least
   */
  public static double[] terms(double[] features, double[] centres) {
    double[] terms = Arrays.copyOf(features, BASES + FACTORS.length);
    for (int i = 0; i < FACTORS.length; i++) {
      int one = FACTORS[i][0];
      int other = FACTORS[i][1];
      terms[BASES + i] = (features[one] - centres[one]) * (features[other] - centres[other]);
    }
    return terms;
  }

  /** A term in units of its spread, as far from its centre as is believed. */
  public static double standardised(double term, double centre, double spread) {
    return Math.max(-FARTHEST, Math.min(FARTHEST, (term - centre) / spread));
  }

  /** The logarithm of how much likelier than an empty well a candidate is. */
  public double score(Candidate candidate) {
    double[] terms = terms(candidate.features(), centres);
    double score = intercept;
    for (int i = 0; i < terms.length; i++) {
      score += weights[i] * standardised(terms[i], centres[i], spreads[i]);
    }
    return score;
  }

  /** The least score of a photograph, a probability, that is a find. */
  public double threshold() {
    return threshold;
  }

  /** The table that {@code contrast.tsv} holds. */
  public String toTable() {
    StringBuilder table = new StringBuilder("term\tcentre\tspread\tweight\n");
    table.append(row("threshold", 0, 1, threshold)).append(row("intercept", 0, 1, intercept));
    List<String> names = terms();
    for (int i = 0; i < names.size(); i++) {
      table.append(row(names.get(i), centres[i], spreads[i], weights[i]));
    }
    return table.toString();
  }

  private static String row(String name, double centre, double spread, double weight) {
    return String.format(Locale.ROOT, "%s\t%.6g\t%.6g\t%.6g\n", name, centre, spread, weight);
  }
}
