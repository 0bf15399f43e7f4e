package dev.instar.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TableRewriteTest {
  @TempDir private Path folder;

  @Test
  void addsAndReplacesColumnsAndKeepsTheRest() throws IOException {
    Path in = Files.writeString(folder.resolve("in.tsv"), "a\tb\n1\t\"2\r\nbad\n3\t\u00e9\n");
    Path out = folder.resolve("out.tsv");
    List<String> letters = List.of("x", "y");
    TableRewrite.Written written =
        TableRewrite.of(in).set("a", letters::get).set("c", row -> "c" + row).writeTo(out);
    assertThat(Files.readString(out)).isEqualTo("a\tb\tc\nx\t\"2\tc0\ny\t\u00e9\tc1\n");
    assertThat(written.rows()).isEqualTo(2);
    assertThat(written.bad().first()).extracting(BadRow::line).containsExactly(3L);
  }

  @Test
  void replacesTheTableThatItReads() throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), "a\n\"1,5\"\n");
    TableRewrite.of(table).set("b", row -> "x,y").writeTo(table);
    assertThat(Files.readString(table)).isEqualTo("a,b\n\"1,5\",\"x,y\"\n");
  }

  @Test
  void changesTheDialectByTheEnding() throws IOException {
    Path in = Files.writeString(folder.resolve("t.csv"), "a,b\n\"1,5\",\"say \"\"x\"\"\"\n");
    Path out = folder.resolve("t.tsv");
    TableRewrite.of(in).set("c", row -> "z").writeTo(out);
    assertThat(Files.readString(out)).isEqualTo("a\tb\tc\n1,5\tsay \"x\"\tz\n");
  }

  @Test
  void leavesNothingBehindWhereAValueDoesNotFit() throws IOException {
    Path in = Files.writeString(folder.resolve("in.tsv"), "a\tb\n1\t2\n");
    assertThatThrownBy(
            () ->
                TableRewrite.of(in)
                    .set("c", row -> "two\nlines")
                    .writeTo(folder.resolve("out.tsv")))
        .isInstanceOf(MetadataException.class)
        .hasMessageContaining("two\\nlines");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(in);
    }
  }
}
