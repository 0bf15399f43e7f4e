package dev.instar.taxonomy;

/** How a value is written in a text table. */
final class FieldText {
  private FieldText() {}

  /**
   * {@code value} as a field.
   *
   * @throws MetadataException if the dialect cannot hold it
   */
  static String written(Dialect dialect, String value) throws MetadataException {
    if (!dialect.quoting()) {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == '\t' || c == '\n' || c == '\r') {
          throw new MetadataException(
              "a tab-separated table cannot hold the value '"
                  + shown(value)
                  + "', which has a tab or a line end in it; write .csv, .jsonl or .parquet");
        }
      }
      return value;
    }
    if (value.isEmpty()) {
      return value;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return '"' + value.replace("\"", "\"\"") + '"';
      }
    }
    return value;
  }

  private static String shown(String value) {
    String line = value.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    return line.length() > 60 ? line.substring(0, 60) + "..." : line;
  }
}
