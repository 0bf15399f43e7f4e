package dev.instar.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class CsvTextTest {
  @Test
  void keepsAllDigitsAndLeavesOutWhatIsNone() {
    List<Object> row = Arrays.asList("a,\"b\"", 0.1 + 0.2, null, Double.NaN, 7L, true);
    assertThat(CsvText.of(List.of("text", "d", "e", "f", "g", "h"), List.of(row)))
        .isEqualTo("text,d,e,f,g,h\n\"a,\"\"b\"\"\",0.30000000000000004,,,7,true\n");
  }

  @Test
  void writesNumbersTheSameOnEveryJvm() { // Double.toString has more digits of it before JDK 19
    assertThat(CsvText.of(List.of("x"), List.of(List.of(2e23)))).isEqualTo("x\n2.0E23\n");
  }

  @Test
  void everyEndOfALineInATextIsTheSame() {
    assertThat(CsvText.of(List.of("x"), List.of(List.of("a\rb\r\nc\nd"))))
        .isEqualTo("x\n\"a\nb\nc\nd\"\n");
  }

  @Property
  void isReadBackAsItWas(@ForAll String text, @ForAll double number) throws IOException {
    String csv =
        CsvText.of(List.of("text", "number", "end"), List.of(List.of(text, number, "end")));
    try (MappingIterator<String[]> rows =
        new CsvMapper()
            .readerFor(String[].class)
            .with(CsvParser.Feature.WRAP_AS_ARRAY)
            .readValues(csv)) {
      assertThat(rows.next()).containsExactly("text", "number", "end");
      String[] row = rows.next();
      assertThat(row[0]).isEqualTo(text.replaceAll("\\r\\n?", "\n"));
      assertThat(Double.parseDouble(row[1])).isEqualTo(number);
      assertThat(row[2]).isEqualTo("end");
      assertThat(rows.hasNext()).isFalse();
    }
  }
}
