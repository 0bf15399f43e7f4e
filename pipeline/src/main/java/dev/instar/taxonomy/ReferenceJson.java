package dev.instar.taxonomy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reference's conversion of a tab-separated table to a plain JSON array (utils.py:264-275),
 * byte for byte, with its view of quotes and of odd rows.
 */
final class ReferenceJson {
  private ReferenceJson() {}

  /**
   * Converts {@code tsv}.
   *
   * @return the number of rows written
   */
  static long convert(Path tsv, OutputStream out) throws IOException {
    PythonJson json = new PythonJson(out);
    long rows = 0;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(tsv), StandardCharsets.UTF_8.newDecoder()),
            1 << 16)) {
      PythonCsv csv = new PythonCsv(reader);
      List<String> names = csv.next().orElse(List.of());
      for (Optional<List<String>> row = csv.next(); row.isPresent(); row = csv.next()) {
        if (!row.get().isEmpty()) {
          writeRow(json, names, row.get());
          rows++;
        }
      }
    } catch (CharacterCodingException e) {
      throw new MetadataException(tsv + " is not UTF-8 text after row " + rows, e);
    }
    json.finish();
    return rows;
  }

  private static void writeRow(PythonJson json, List<String> names, List<String> row)
      throws IOException {
    Map<String, Optional<String>> fields = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      fields.put(names.get(i), i < row.size() ? Optional.of(row.get(i)) : Optional.empty());
    }
    json.startRow();
    for (Map.Entry<String, Optional<String>> field : fields.entrySet()) {
      if (field.getValue().isPresent()) {
        json.field(field.getKey(), field.getValue().get());
      } else {
        json.nullField(field.getKey());
      }
    }
    if (row.size() > names.size()) {
      json.arrayField("null", row.subList(names.size(), row.size()));
    }
    json.endRow();
  }
}
