package dev.instar.cli;

import dev.instar.evaluate.Identification;
import dev.instar.evaluate.Identification.Guess;
import dev.instar.evaluate.Identification.Taxon;
import dev.instar.evaluate.PredictionRows;
import dev.instar.evaluate.ResultTable;
import dev.instar.parquet.ParquetColumn;
import dev.instar.parquet.ParquetColumn.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Predictions as a CSV or Parquet table; why a record could not be read is in its last column. */
final class PredictionTable implements PredictionOutput {
  private final ResultTable table;
  private final int columns;
  private final boolean withTaxon;

  PredictionTable(Path file, int listed, boolean withTaxon) throws IOException {
    List<ParquetColumn> all = new ArrayList<>();
    all.add(new ParquetColumn("record", Kind.TEXT));
    if (withTaxon) {
      all.add(new ParquetColumn("rank", Kind.TEXT));
      all.add(new ParquetColumn("taxon", Kind.TEXT));
      all.add(new ParquetColumn("taxon_probability", Kind.NUMBER));
    }
    all.addAll(PredictionRows.guesses(listed));
    all.add(new ParquetColumn("error", Kind.TEXT));
    columns = all.size();
    this.withTaxon = withTaxon;
    table = ResultTable.create(file, all);
  }

  @Override
  public void identified(String record, Identification identification) throws IOException {
    Object[] row = new Object[columns];
    int column = 0;
    row[column++] = record;
    if (withTaxon) {
      row[column++] = identification.taxon().map(Taxon::rank).orElse(null);
      row[column++] = identification.taxon().map(Taxon::name).orElse("undecided");
      row[column++] = identification.taxon().map(Taxon::probability).orElse(null);
    }
    for (Guess guess : identification.guesses()) {
      row[column++] = guess.name();
      row[column++] = guess.probability();
    }
    table.row(row);
  }

  @Override
  public void unreadable(String record, String reason) throws IOException {
    Object[] row = new Object[columns];
    row[0] = record;
    row[columns - 1] = Complaint.oneLine(reason);
    table.row(row);
  }

  @Override
  public void finish() throws IOException {
    table.finish();
  }

  @Override
  public void close() throws IOException {
    table.close();
  }
}
