package dev.instar.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Whatever the bytes, a reader reads them or refuses them with an {@link IOException}. */
final class TableFuzzTest {
  private interface Reading {
    void of(Path file) throws IOException;
  }

  private static void read(byte[] content, String ending, Reading reading) throws IOException {
    Path folder = Files.createTempDirectory("fuzz");
    try {
      Path file = Files.write(folder.resolve("t." + ending), content);
      try {
        reading.of(file);
      } catch (IOException refused) {
        assertThat(refused).hasMessageContaining("t." + ending);
      }
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private static void readTable(Path file) throws IOException {
    MetadataTable table =
        TableReader.of(file)
            .categoriesIfPresent(Field.ORDER)
            .identifiersIfPresent(Field.PROCESS_ID)
            .barcodes()
            .threads(2)
            .read();
    long rows = 0;
    try (MetadataRows stream = MetadataRows.open(file)) {
      while (stream.next()) {
        rows++;
      }
      assertThat(stream.bad()).isEqualTo(table.bad());
    }
    assertThat(rows).isEqualTo(table.rows());
  }

  @FuzzTest
  void tabSeparated(byte[] content) throws IOException {
    read(content, "tsv", TableFuzzTest::readTable);
  }

  @FuzzTest
  void commaSeparated(byte[] content) throws IOException {
    read(content, "csv", TableFuzzTest::readTable);
  }

  @FuzzTest
  void jsonLines(byte[] content) throws IOException {
    read(content, "jsonl", TableFuzzTest::convert);
  }

  @FuzzTest
  void jsonLd(byte[] content) throws IOException {
    read(content, "jsonld", TableFuzzTest::convert);
  }

  @FuzzTest
  void parquet(byte[] content) throws IOException {
    read(content, "parquet", TableFuzzTest::convert);
  }

  @FuzzTest
  void referenceArray(byte[] content) throws IOException {
    read(
        content,
        "tsv",
        file -> MetadataConversion.toPlainArray(file, file.resolveSibling("out.jsonld")));
  }

  private static void convert(Path file) throws IOException {
    Path out = file.resolveSibling("out.csv");
    MetadataConversion.Converted converted = MetadataConversion.convert(file, out);
    try (MetadataRows rows = MetadataRows.open(out)) {
      long count = 0;
      while (rows.next()) {
        count++;
      }
      assertThat(count).isEqualTo(converted.rows());
    }
  }
}
