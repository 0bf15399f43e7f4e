package dev.instar.taxonomy;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Made-up tables for property tests. */
final class Tables {
  private Tables() {}

  /** A table's columns and rows. */
  record Content(List<String> columns, List<List<String>> rows) {
    String tsv() {
      return lines("\t");
    }

    private String lines(String separator) {
      StringBuilder text = new StringBuilder(String.join(separator, columns)).append('\n');
      rows.forEach(row -> text.append(String.join(separator, row)).append('\n'));
      return text.toString();
    }

    String csv() {
      StringBuilder text = new StringBuilder();
      text.append(quoted(columns)).append('\n');
      rows.forEach(row -> text.append(quoted(row)).append('\n'));
      return text.toString();
    }

    private static String quoted(List<String> row) {
      return row.stream()
          .map(value -> '"' + value.replace("\"", "\"\"") + '"')
          .collect(Collectors.joining(","));
    }
  }

  /** Tables of two to five columns whose values are texts that every form can hold. */
  static Arbitrary<Content> plain() {
    return content(
        Arbitraries.strings()
            .withChars("ab ,\"'\\/{}[]:#@.-_\u00e9\u4e2d\u0001\u2028")
            .withChars('N', 'A')
            .ofMaxLength(12));
  }

  /** Tables whose values also have tabs, line ends and characters beyond the basic plane. */
  static Arbitrary<Content> wild() {
    return content(
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.strings().ascii().ofMaxLength(8)),
            Tuple.of(1, Arbitraries.of("\ud83d\udc1c", "a\tb", "a\nb", "a\r\nb", "\"", ""))));
  }

  private static Arbitrary<Content> content(Arbitrary<String> value) {
    return Arbitraries.integers()
        .between(2, 5)
        .flatMap(
            width ->
                value
                    .list()
                    .ofSize(width)
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(12)
                    .map(
                        rows ->
                            new Content(
                                List.of("processid", "order", "family", "odd name", "x")
                                    .subList(0, width),
                                rows)));
  }
}
