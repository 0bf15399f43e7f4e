package dev.instar.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of many stretches: where they are cut and how many threads there are must not show. */
final class TableScanTest {
  @TempDir private Path folder;

  private record Expected(List<String> orders, List<String> ids) {}

  private Path table(String ending, int rows, Expected expected) throws IOException {
    boolean csv = ending.equals("csv");
    String separator = csv ? "," : "\t";
    SplittableRandom random = new SplittableRandom(7);
    Path file = folder.resolve("t." + ending);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(String.join(separator, "processid", "order", "note") + "\n");
      for (int row = 0; row < rows; row++) {
        String order = "O" + (int) (40 * Math.pow(random.nextDouble(), 4));
        String note = "\u00e9".repeat(random.nextInt(300));
        if (csv && random.nextInt(3) == 0) {
          note = "\"" + note + ",\n\"\"" + "\n".repeat(random.nextInt(4)) + "\"";
        }
        if (random.nextInt(1000) == 0) {
          out.write("one" + separator + "too" + separator + "many" + separator + "\n");
        } else {
          out.write(String.join(separator, "P" + row, order, note) + "\n");
          expected.orders.add(order);
          expected.ids.add("P" + row);
        }
      }
    }
    return file;
  }

  private void readsAllRowsInOrder(String ending) throws IOException {
    Expected expected = new Expected(new ArrayList<>(), new ArrayList<>());
    Path file = table(ending, 20_000, expected);
    assertThat(Files.size(file)).isGreaterThan(4L * TableScan.STRETCH);
    List<BadRow> bad = null;
    List<String> labels = null;
    for (int threads : new int[] {1, 2, 3, 8}) {
      MetadataTable read =
          TableReader.of(file)
              .categories(Field.ORDER)
              .identifiers(Field.PROCESS_ID)
              .threads(threads)
              .read();
      Category order = read.category(Field.ORDER);
      List<String> orders = new ArrayList<>();
      List<String> ids = new ArrayList<>();
      for (int row = 0; row < read.rows(); row++) {
        orders.add(order.label(order.code(row)));
        ids.add(read.identifiers(Field.PROCESS_ID).text(row));
      }
      assertThat(orders).isEqualTo(expected.orders);
      assertThat(ids).isEqualTo(expected.ids);
      assertThat(order.labels()).isEqualTo(expected.orders.stream().distinct().toList());
      assertThat(read.bad().count()).isEqualTo(20_000 - expected.orders.size());
      bad = bad == null ? read.bad().first() : bad;
      labels = labels == null ? order.labels() : labels;
      assertThat(read.bad().first()).isEqualTo(bad);
      assertThat(order.labels()).isEqualTo(labels);
    }
    List<String> streamed = new ArrayList<>();
    try (MetadataRows rows = MetadataRows.open(file)) {
      while (rows.next()) {
        assertThat(rows.number()).isEqualTo(streamed.size());
        streamed.add(rows.text(0));
      }
      assertThat(rows.bad().first()).isEqualTo(bad);
    }
    assertThat(streamed).isEqualTo(expected.ids);
  }

  @Test
  void readsTabSeparatedRowsInOrderWhateverTheNumberOfThreads() throws IOException {
    readsAllRowsInOrder("tsv");
  }

  @Test
  void readsQuotedLineEndsAcrossStretchesWhateverTheNumberOfThreads() throws IOException {
    readsAllRowsInOrder("csv");
  }

  @Test
  void readsARowThatIsLongerThanAStretch() throws IOException {
    String barcode = "ACGT".repeat(TableScan.STRETCH);
    Path file =
        Files.writeString(
            folder.resolve("t.tsv"), "processid\tnucraw\nA\tAC\nB\t" + barcode + "\nC\tACG\n");
    MetadataTable read =
        TableReader.of(file).identifiers(Field.PROCESS_ID).barcodes().threads(2).read();
    assertThat(read.rows()).isEqualTo(3);
    assertThat(read.barcodes().orElseThrow().length(1)).isEqualTo(barcode.length());
    assertThat(read.identifiers(Field.PROCESS_ID).text(2)).isEqualTo("C");
    try (MetadataRows rows = MetadataRows.open(file)) {
      List<String> ids = new ArrayList<>();
      while (rows.next()) {
        ids.add(rows.text(0));
      }
      assertThat(ids).containsExactly("A", "B", "C");
    }
  }

  @Test
  @Tag("slow")
  void readsMoreThanTwoGibibytes() throws IOException {
    Path file = folder.resolve("large.tsv");
    String row = "\tDiptera\t" + "ACGT".repeat(16_000) + "\n";
    int rows = 34_000;
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("processid\torder\tnucraw\n");
      for (int i = 0; i < rows; i++) {
        out.write("P" + i + row);
      }
    }
    assertThat(Files.size(file)).isGreaterThan(2L << 30);
    MetadataTable read =
        TableReader.of(file)
            .categories(Field.ORDER)
            .identifiers(Field.PROCESS_ID)
            .barcodes()
            .threads(2)
            .read();
    assertThat(read.rows()).isEqualTo(rows);
    assertThat(read.category(Field.ORDER).count(0)).isEqualTo(rows);
    assertThat(read.identifiers(Field.PROCESS_ID).text(rows - 1)).isEqualTo("P" + (rows - 1));
    assertThat(read.barcodes().orElseThrow().length(rows - 1)).isEqualTo(64_000);
  }
}
