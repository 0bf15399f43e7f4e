package dev.instar.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.util.List;

/** Tables as CSV (RFC 4180, but with LF at the ends of lines), numbers with all their digits. */
final class CsvText {
  private static final CsvMapper MAPPER =
      CsvMapper.builder()
          .disable(CsvGenerator.Feature.ALWAYS_QUOTE_EMPTY_STRINGS)
          .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
          .build();

  private CsvText() {}

  /**
   * The text.
   *
   * @param rows texts and numbers, each as long as {@code columns}; null and NaN are empty
   */
  static String of(List<String> columns, List<List<Object>> rows) {
    CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true);
    columns.forEach(schema::addColumn);
    ObjectWriter writer = MAPPER.writerFor(String[][].class).with(schema.build());
    String[][] cells =
        rows.stream()
            .map(row -> row.stream().map(CsvText::text).toArray(String[]::new))
            .toArray(String[][]::new);
    try {
      return writer.writeValueAsString(cells);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a table cannot be written: " + e.getMessage(), e);
    }
  }

  private static String text(Object value) {
    if (value == null || value instanceof Double number && Double.isNaN(number)) {
      return "";
    }
    // The JDK's own digits differ between its versions, JDK-4511638.
    return value instanceof Double number
        ? NumberOutput.toString(number, true)
        // Jackson does not quote a CR, which ends a row like an LF.
        : String.valueOf(value).replace("\r\n", "\n").replace('\r', '\n');
  }
}
