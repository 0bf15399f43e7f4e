package dev.instar.taxonomy;

/**
 * A row that was kept out.
 *
 * @param line its line in the file, the header's being 1
 * @param reason what is wrong with it
 */
public record BadRow(long line, String reason) {
  @Override
  public String toString() {
    return "line " + line + " " + reason;
  }
}
