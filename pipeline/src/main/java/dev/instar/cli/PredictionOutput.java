package dev.instar.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.evaluate.Identification;
import dev.instar.evaluate.Identification.Guess;
import dev.instar.evaluate.Identification.Taxon;
import dev.instar.evaluate.PredictionRows;
import dev.instar.evaluate.ResultTable;
import dev.instar.evaluate.TrainedModel;
import dev.instar.pack.ImageSource;
import dev.instar.parquet.ParquetColumn;
import dev.instar.parquet.ParquetColumn.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where {@code instar predict} says what it found, one record after the other. */
interface PredictionOutput extends AutoCloseable {
  void identified(String record, Identification identification) throws IOException;

  void unreadable(String record, String reason) throws IOException;

  /** All records were written. */
  void finish() throws IOException;

  @Override
  void close() throws IOException;

  /** A table, CSV or Parquet by its ending, with {@code listed} classes a row. */
  static PredictionOutput table(Path file, int listed, boolean withTaxon) throws IOException {
    return new OfTable(file, listed, withTaxon);
  }

  /** A JSON object a line. */
  static PredictionOutput json(PrintWriter out, boolean withTaxon) {
    return new OfJson(out, withTaxon);
  }

  /** Lines for people. */
  static PredictionOutput text(
      PrintWriter out, TrainedModel model, ImageSource source, boolean withTaxon) {
    return new OfText(out, model, source, withTaxon);
  }

  /** The table has a column for why a record could not be read, as its last. */
  final class OfTable implements PredictionOutput {
    private final ResultTable table;
    private final int columns;
    private final boolean withTaxon;

    OfTable(Path file, int listed, boolean withTaxon) throws IOException {
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

  /** Objects with {@code class} and {@code probability}, or {@code error}. */
  final class OfJson implements PredictionOutput {
    private final ObjectMapper mapper = new ObjectMapper();
    private final PrintWriter out;
    private final boolean withTaxon;

    OfJson(PrintWriter out, boolean withTaxon) {
      this.out = out;
      this.withTaxon = withTaxon;
    }

    @Override
    public void identified(String record, Identification identification) throws IOException {
      ObjectNode line = mapper.createObjectNode().put("record", record);
      if (withTaxon) {
        line.set("taxon", identification.taxon().map(this::of).orElse(null));
      }
      Guess best = identification.guesses().get(0);
      line.put("class", best.name()).put("probability", best.probability());
      ArrayNode top = line.putArray("top");
      for (Guess guess : identification.guesses()) {
        top.addObject().put("class", guess.name()).put("probability", guess.probability());
      }
      out.println(mapper.writeValueAsString(line));
    }

    private ObjectNode of(Taxon taxon) {
      return mapper
          .createObjectNode()
          .put("rank", taxon.rank())
          .put("name", taxon.name())
          .put("probability", taxon.probability());
    }

    @Override
    public void unreadable(String record, String reason) throws IOException {
      out.println(
          mapper.writeValueAsString(
              mapper
                  .createObjectNode()
                  .put("record", record)
                  .put("error", Complaint.oneLine(reason))));
    }

    @Override
    public void finish() {
      out.flush();
    }

    @Override
    public void close() {}
  }

  /** Aligned columns whose widths are known before the first line, so lines come as they are. */
  final class OfText implements PredictionOutput {
    private static final int WIDEST_NAME = 60;

    private final PrintWriter out;
    private final boolean withTaxon;
    private final int nameWidth;
    private final int classWidth;

    OfText(PrintWriter out, TrainedModel model, ImageSource source, boolean withTaxon) {
      this.out = out;
      this.withTaxon = withTaxon;
      int longest =
          IntStream.range(0, source.size()).map(i -> source.name(i).length()).max().orElse(0);
      nameWidth = Math.max("photograph".length(), Math.min(WIDEST_NAME, longest));
      int widest =
          model.classes().stream()
              .flatMap(of -> names(of.name(), of.lineage().values()))
              .mapToInt(String::length)
              .max()
              .orElse(0);
      int rank = withTaxon ? longestRank(model) + 1 : 0;
      classWidth = Math.max(Math.max(model.task().length(), "undecided".length()), widest + rank);
      String head = withTaxon ? "identified as" : model.task();
      line("photograph", head, "sure", withTaxon ? "likeliest" : "or else");
      line("-".repeat(nameWidth), "-".repeat(classWidth), "-".repeat(6), "-".repeat(9));
    }

    private static Stream<String> names(String name, Collection<String> wider) {
      return Stream.concat(Stream.of(name), wider.stream());
    }

    private static int longestRank(TrainedModel model) {
      return model.classes().stream()
          .flatMap(of -> names(model.task(), of.lineage().keySet()))
          .mapToInt(String::length)
          .max()
          .orElse(0);
    }

    @Override
    public void identified(String record, Identification identification) {
      List<Guess> guesses = identification.guesses();
      if (!withTaxon) {
        Guess best = guesses.get(0);
        String others =
            guesses.stream().skip(1).map(OfText::shown).collect(Collectors.joining(", "));
        line(record, best.name(), percent(best.probability()), others);
        return;
      }
      String likeliest = guesses.stream().map(OfText::shown).collect(Collectors.joining(", "));
      String name =
          identification
              .taxon()
              .map(taxon -> taxon.rank() + " " + taxon.name())
              .orElse("undecided");
      String sure = identification.taxon().map(taxon -> percent(taxon.probability())).orElse("");
      line(record, name, sure, likeliest);
    }

    @Override
    public void unreadable(String record, String reason) {
      line(record, "-", "", "cannot be read: " + Complaint.oneLine(reason));
    }

    private static String shown(Guess guess) {
      return guess.name() + " " + percent(guess.probability());
    }

    private static String percent(double probability) {
      return String.format(Locale.ROOT, "%.1f%%", 100 * probability);
    }

    private void line(String name, String identity, String sure, String rest) {
      String line =
          String.format(
              "%-" + nameWidth + "s  %-" + classWidth + "s  %6s  %s", name, identity, sure, rest);
      out.println(line.replaceAll("\\p{Cntrl}", "?").stripTrailing());
    }

    @Override
    public void finish() {
      out.flush();
    }

    @Override
    public void close() {}
  }
}
