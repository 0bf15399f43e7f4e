package dev.instar.synth;

/**
 * Where a made-up specimen stands: published names down to the family, invented ones below.
 *
 * @param order its order
 * @param family its family, or {@link #NOT_CLASSIFIED}
 * @param familyNumber which family of the order, counted from 0
 * @param kind which of the family's barcode clusters (BINs), counted from 0
 * @param uri the invented BIN
 * @param genus an invented genus of the family
 * @param species an invented species of that genus
 */
public record Lineage(
    String order,
    String family,
    int familyNumber,
    int kind,
    String uri,
    String genus,
    String species) {
  /** What the published metadata state for a missing name. */
  public static final String NOT_CLASSIFIED = "not_classified";

  /** The family's name with another rank's ending, such as {@code Chironominae}. */
  String familyWith(String ending) {
    return family.endsWith("idae") ? family.substring(0, family.length() - 4) + ending : family;
  }
}
