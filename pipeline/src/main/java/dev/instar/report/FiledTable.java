package dev.instar.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A table twice: for people, and with all digits for machines. Immutable.
 *
 * @param columns names for machines
 * @param rows texts and numbers, each as long as {@code columns}; null and NaN are empty
 */
record FiledTable(NamedTable shown, List<String> columns, List<List<Object>> rows) {
  FiledTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(row -> Collections.unmodifiableList(new ArrayList<>(row))).toList();
    for (List<Object> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            shown.name() + ": " + row.size() + " values under " + columns.size() + " columns");
      }
    }
  }

  /** A name as that of a file. */
  static String fileName(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
