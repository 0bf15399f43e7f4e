package dev.instar.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.loader.ClassName;
import dev.instar.loader.Samples;
import dev.instar.parquet.ParquetColumn;
import dev.instar.parquet.ParquetColumn.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultTableTest {
  private static final List<ParquetColumn> COLUMNS =
      List.of(
          new ParquetColumn("record", Kind.TEXT),
          new ParquetColumn("place", Kind.INTEGER),
          new ParquetColumn("probability", Kind.NUMBER));

  @TempDir private Path folder;

  @Test
  void csvQuotesWhatNeedsItAndLeavesAbsentValuesEmpty() throws IOException {
    Path file = folder.resolve("a.csv");
    try (ResultTable table = ResultTable.create(file, COLUMNS)) {
      table.row("a,\"b\".jpg", 3, 0.25);
      table.row("c.jpg", null, null);
      assertThat(file).doesNotExist();
      table.finish();
    }
    assertThat(file).hasContent("record,place,probability\n\"a,\"\"b\"\".jpg\",3,0.25\nc.jpg,,\n");
  }

  @Test
  void anUnfinishedTableLeavesNothing() throws IOException {
    for (String name : List.of("a.csv", "a.parquet")) {
      try (ResultTable table = ResultTable.create(folder.resolve(name), COLUMNS)) {
        table.row("c.jpg", 1, 0.5);
      }
    }
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void samplesOfAnotherTableAreNumberedByTheModelsClasses() {
    try (NamedSource source = new NamedSource(List.of("a", "b", "c"))) {
      Samples given = Samples.of(source, new int[] {0, 1, 2}, new int[] {0, 1, 2}, 3);
      KnownSamples known = KnownSamples.of(given, named("x", "y", "z"), named("z", "w", "x"));
      assertThat(known.unknown()).isEqualTo(1);
      assertThat(known.samples().size()).isEqualTo(2);
      assertThat(known.samples().record(1)).isEqualTo(2);
      assertThat(known.samples().label(0)).isEqualTo(2);
      assertThat(known.samples().label(1)).isZero();
      assertThat(known.samples().classes()).isEqualTo(3);
    }
  }

  @Test
  void predictionsListTheTruthItsPlaceAndTheLikeliestClasses() throws IOException {
    Predictions predictions =
        MadeUp.predictions(
            new int[] {1, 0}, new float[] {(float) Math.log(3), 0}, new float[] {0, 0});
    Path file = folder.resolve("p.csv");
    try (NamedSource source = new NamedSource(List.of("a.jpg", "b.jpg"))) {
      Samples samples = Samples.of(source, new int[] {1, 0}, new int[] {1, 0}, 2);
      new PredictionRows(named("Fly", "Bee"), 5)
          .write(file, predictions, Evaluation.of(predictions), samples);
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0)).isEqualTo("record,true,place,class,probability,class_2,probability_2");
    assertThat(lines.get(1)).startsWith("b.jpg,Bee,2,Fly,0.75").contains(",Bee,0.2");
    assertThat(lines.get(2)).isEqualTo("a.jpg,Fly,1,Fly,0.5,Bee,0.5");
  }

  private static List<ClassName> named(String... names) {
    return List.of(names).stream().map(name -> new ClassName(name, Map.of())).toList();
  }
}
