package dev.instar.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Rows under named columns. Columns whose cells are all numbers, with a unit, a deviation or
 * nothing, or intervals, are set to the right. Immutable.
 *
 * @param columns their names
 * @param rows each as long as {@code columns}
 */
public record Table(List<String> columns, List<List<String>> rows) {
  private static final String PLAIN = "[-+\u2212]?[\\d.,:\u202f]*\\d[\\d.,:]*";

  private static final String UNIT = " ?(%|[a-zA-Z\u00b5]{0,3}(/[a-z]{1,6})?)";

  private static final String DEVIATION = " \u00b1 " + PLAIN;

  private static final String INTERVAL = "\\[" + PLAIN + ", " + PLAIN + "]";

  private static final Pattern NUMBER =
      Pattern.compile("[<>\u2248]?" + PLAIN + "(" + UNIT + "|" + DEVIATION + ")?|" + INTERVAL);

  /** What stands where there is no number. */
  static final String NONE = "\u2013";

  private static final String GAP = "  ";

  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "a row of " + row.size() + " cells under " + columns.size() + " columns");
      }
    }
  }

  /** Whether {@code column} holds numbers, and something at all. */
  boolean numeric(int column) {
    boolean some = false;
    for (List<String> row : rows) {
      String cell = row.get(column);
      boolean empty = cell.isEmpty() || cell.equals(NONE);
      if (!empty && !NUMBER.matcher(cell).matches()) {
        return false;
      }
      some |= !empty;
    }
    return some;
  }

  /** The table without those columns in which nothing stands. */
  Table withoutEmptyColumns() {
    List<Integer> some =
        IntStream.range(0, columns.size())
            .filter(i -> rows.stream().anyMatch(row -> !row.get(i).isEmpty()))
            .boxed()
            .toList();
    return new Table(
        some.stream().map(columns::get).toList(),
        rows.stream().map(row -> some.stream().map(row::get).toList()).toList());
  }

  /**
   * The table for a terminal: aligned columns, a line of dashes below the names, no blanks at the
   * ends of lines, each line ended. Control characters in cells become {@code ?}.
   */
  public String text() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns);
    lines.addAll(rows);
    int[] widths = new int[columns.size()];
    boolean[] right = new boolean[columns.size()];
    for (int i = 0; i < right.length; i++) {
      right[i] = numeric(i);
    }
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], printable(line.get(i)).length());
      }
    }
    StringBuilder text = new StringBuilder();
    appendLine(text, columns, widths, right);
    List<String> dashes = new ArrayList<>();
    for (int width : widths) {
      dashes.add("-".repeat(width));
    }
    appendLine(text, dashes, widths, right);
    rows.forEach(row -> appendLine(text, row, widths, right));
    return text.toString();
  }

  private static void appendLine(
      StringBuilder text, List<String> cells, int[] widths, boolean[] right) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = printable(cells.get(i));
      String blanks = " ".repeat(widths[i] - cell.length());
      line.append(i == 0 ? "" : GAP).append(right[i] ? blanks + cell : cell + blanks);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static String printable(String cell) {
    return cell.replaceAll("\\p{Cntrl}", "?");
  }
}
