package dev.instar.taxonomy;

import java.util.Arrays;
import java.util.List;

/**
 * The ranks of a specimen's name, from the widest to the narrowest, and its BIN: the cluster of
 * similar barcodes that BOLD put it in.
 */
public enum Rank {
  DOMAIN(Field.DOMAIN),
  KINGDOM(Field.KINGDOM),
  PHYLUM(Field.PHYLUM),
  CLASS(Field.CLASS),
  ORDER(Field.ORDER),
  FAMILY(Field.FAMILY),
  SUBFAMILY(Field.SUBFAMILY),
  TRIBE(Field.TRIBE),
  GENUS(Field.GENUS),
  SPECIES(Field.SPECIES),
  SUBSPECIES(Field.SUBSPECIES),
  BIN(Field.BIN);

  private final Field field;

  Rank(Field field) {
    this.field = field;
  }

  /** The ranks that people name, in order: all but the BIN. */
  public static List<Rank> linnean() {
    return Arrays.asList(values()).subList(0, BIN.ordinal());
  }

  /** The column that holds this rank. */
  public Field field() {
    return field;
  }

  /** The rank in text: {@code order}, {@code BIN}. */
  public String label() {
    return field.label();
  }
}
