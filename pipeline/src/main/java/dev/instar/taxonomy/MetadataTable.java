package dev.instar.taxonomy;

import java.util.Map;
import java.util.Optional;

/**
 * The wanted columns of a specimen table, in memory. Rows are numbered from 0 in the order of the
 * file, bad rows left out: {@link MetadataRows} meets the same rows in the same order. Immutable.
 */
public final class MetadataTable {
  private final Header header;
  private final int rows;
  private final BadRows bad;
  private final Map<String, Category> categories;
  private final Map<String, Identifiers> identifiers;
  private final Optional<Barcodes> barcodes;

  MetadataTable(
      Header header,
      int rows,
      BadRows bad,
      Map<String, Category> categories,
      Map<String, Identifiers> identifiers,
      Optional<Barcodes> barcodes) {
    this.header = header;
    this.rows = rows;
    this.bad = bad;
    this.categories = categories;
    this.identifiers = identifiers;
    this.barcodes = barcodes;
  }

  /** All columns of the file. */
  public Header header() {
    return header;
  }

  /** The number of good rows. */
  public int rows() {
    return rows;
  }

  /** The rows that were kept out. */
  public BadRows bad() {
    return bad;
  }

  /**
   * A category column that was asked for.
   *
   * @throws IllegalArgumentException if it was not, or the file does not have it
   */
  public Category category(String column) {
    return find(column).orElseThrow(() -> notRead(column));
  }

  /** The category column of {@code field}; as {@link #category(String)}. */
  public Category category(Field field) {
    return find(field).orElseThrow(() -> notRead(field.label()));
  }

  /** A category column, if it was asked for and the file has it. */
  public Optional<Category> find(String column) {
    return Optional.ofNullable(categories.get(column));
  }

  /** The category column of {@code field}, if it was asked for and the file has it. */
  public Optional<Category> find(Field field) {
    return field.columns().stream().map(categories::get).filter(c -> c != null).findFirst();
  }

  /**
   * An identifier column that was asked for.
   *
   * @throws IllegalArgumentException if it was not, or the file does not have it
   */
  public Identifiers identifiers(String column) {
    Identifiers found = identifiers.get(column);
    if (found == null) {
      throw notRead(column);
    }
    return found;
  }

  /** The identifier column of {@code field}; as {@link #identifiers(String)}. */
  public Identifiers identifiers(Field field) {
    return findIdentifiers(field).orElseThrow(() -> notRead(field.label()));
  }

  /** The identifier column of {@code field}, if it was asked for and the file has it. */
  public Optional<Identifiers> findIdentifiers(Field field) {
    return field.columns().stream().map(identifiers::get).filter(i -> i != null).findFirst();
  }

  /** The barcodes, if they were asked for and the file has them. */
  public Optional<Barcodes> barcodes() {
    return barcodes;
  }

  private IllegalArgumentException notRead(String column) {
    return new IllegalArgumentException(
        "column '" + column + "' of " + header.file() + " was not read");
  }
}
