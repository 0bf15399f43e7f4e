package dev.instar.split;

import dev.instar.taxonomy.Field;

/** What records can have in common that should not be in both training and test. */
public enum Grouping {
  /** The same barcode, letter by letter. */
  BARCODE(Field.BARCODE),
  /** The same BIN: a cluster of barcodes that differ little, about a species. */
  BIN(Field.BIN);

  private final Field field;

  Grouping(Field field) {
    this.field = field;
  }

  /** The column that says it. */
  Field field() {
    return field;
  }

  /** As text: {@code barcode}, {@code BIN}. */
  public String label() {
    return field.label();
  }
}
