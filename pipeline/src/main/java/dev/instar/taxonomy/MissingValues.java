package dev.instar.taxonomy;

import java.util.Set;

/** Which spellings in a category column mean that nothing is known. */
public enum MissingValues {
  /**
   * Whatever any of the published tables writes for nothing, or pandas reads as nothing, is missing
   * and never a class.
   */
  NEVER_A_CLASS,

  /**
   * As the reference reads with pandas 1.5: its spellings of nothing, the empty field among them,
   * become one class {@code nan}; {@code not_classified} and {@code None} are classes of their own.
   */
  REFERENCE;

  /** The class that the reference's spellings of nothing merge into. */
  public static final String REFERENCE_CLASS = "nan";

  // pandas 1.5.3, pandas._libs.parsers.STR_NA_VALUES
  private static final Set<String> PANDAS =
      Set.of(
          "",
          "#N/A",
          "#N/A N/A",
          "#NA",
          "-1.#IND",
          "-1.#QNAN",
          "-NaN",
          "-nan",
          "1.#IND",
          "1.#QNAN",
          "<NA>",
          "N/A",
          "NA",
          "NULL",
          "NaN",
          "n/a",
          "nan",
          "null");

  private static final Set<String> FURTHER = Set.of("not_classified", "None");

  /** The class that {@code value} stands for, or the empty text where it is missing. */
  public String classOf(String value) {
    if (PANDAS.contains(value)) {
      return this == REFERENCE ? REFERENCE_CLASS : "";
    }
    return this == NEVER_A_CLASS && FURTHER.contains(value) ? "" : value;
  }
}
