package dev.instar.evaluate;

import dev.instar.loader.ClassName;
import dev.instar.loader.Samples;
import dev.instar.parquet.ParquetColumn;
import dev.instar.parquet.ParquetColumn.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes what was predicted for every record of known class. */
public final class PredictionRows {
  private final List<ClassName> classes;
  private final int most;

  /**
   * Rows with the {@code most} likeliest classes.
   *
   * @param classes that the predictions number
   */
  public PredictionRows(List<ClassName> classes, int most) {
    this.classes = List.copyOf(classes);
    this.most = Math.min(most, classes.size());
  }

  /**
   * Writes a table: the record's name, its true class, the place of that among the scores, from 1,
   * and the likeliest classes with their probabilities. CSV, or Parquet by the file's ending.
   */
  public void write(Path file, Predictions predictions, Evaluation evaluation, Samples samples)
      throws IOException {
    List<ParquetColumn> columns =
        new ArrayList<>(
            List.of(
                new ParquetColumn("record", Kind.TEXT),
                new ParquetColumn("true", Kind.TEXT),
                new ParquetColumn("place", Kind.INTEGER)));
    columns.addAll(guesses(most));
    double[] probabilities = new double[predictions.classes()];
    try (ResultTable table = ResultTable.create(file, columns)) {
      for (int i = 0; i < predictions.size(); i++) {
        Object[] row = new Object[columns.size()];
        int column = 0;
        row[column++] = samples.source().name(samples.record(predictions.sample(i)));
        row[column++] = classes.get(predictions.label(i)).name();
        row[column++] = evaluation.outcomes().places()[i] + 1;
        predictions.probabilities(i, probabilities);
        for (int c : TopClasses.of(probabilities, most)) {
          row[column++] = classes.get(c).name();
          row[column++] = probabilities[c];
        }
        table.row(row);
      }
      table.finish();
    }
  }

  /** Columns of guesses: {@code class}, {@code probability}, {@code class_2} and so on. */
  public static List<ParquetColumn> guesses(int most) {
    List<ParquetColumn> columns = new ArrayList<>();
    for (int i = 1; i <= most; i++) {
      String ending = i == 1 ? "" : "_" + i;
      columns.add(new ParquetColumn("class" + ending, Kind.TEXT));
      columns.add(new ParquetColumn("probability" + ending, Kind.NUMBER));
    }
    return columns;
  }
}
