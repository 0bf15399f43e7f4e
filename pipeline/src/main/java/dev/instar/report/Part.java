package dev.instar.report;

import dev.instar.sweep.CellResult;
import dev.instar.sweep.Measure;
import dev.instar.sweep.Scores;

/** The part of the records that a cell's best weights were scored on. */
public enum Part {
  TEST("test"),
  VALIDATION("validation");

  private final String key;

  Part(String key) {
    this.key = key;
  }

  /** Its name in files and for people. */
  String key() {
    return key;
  }

  Scores scores(CellResult result) {
    return this == TEST ? result.test() : result.validation();
  }

  /** The measure of a cell, NaN if it has none or, of a loss, none that is finite. */
  double value(CellResult result, Measure measure) {
    double value = scores(result).values().getOrDefault(measure, Double.NaN);
    return Double.isFinite(value) ? value : Double.NaN;
  }
}
