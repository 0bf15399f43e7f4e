package dev.instar.publish;

import java.util.List;

/**
 * What was met in joining.
 *
 * @param records of the collection
 * @param rows good rows of the table
 * @param joined rows that have a record
 * @param recordsWithoutRow records that no row names
 * @param rowsWithoutRecord rows that name no record of the collection, or none at all
 * @param repeatedRows rows that name a record which an earlier row has named
 * @param examples the first few of each, for people
 */
public record JoinCounts(
    long records,
    long rows,
    long joined,
    long recordsWithoutRow,
    long rowsWithoutRecord,
    long repeatedRows,
    List<String> examples) {
  public JoinCounts {
    examples = List.copyOf(examples);
  }

  /** Whether anything has no partner, or more than one. */
  boolean mismatch() {
    return recordsWithoutRow + rowsWithoutRecord + repeatedRows > 0;
  }
}
