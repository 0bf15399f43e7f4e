package dev.instar.report;

import dev.instar.sweep.CellFailure;
import dev.instar.sweep.CellResult;
import dev.instar.sweep.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every cell by itself: what it came to and how to run it again; and what all of them took. */
final class CellTables {
  private static final List<Measure> MEASURES =
      List.of(Measure.TOP1, Measure.MACRO_TOP1, Measure.MACRO_F1, Measure.LOSS);

  /** Characters that a shell takes as they are. */
  private static final String PLAIN = "[A-Za-z0-9_./:=,@%+-]+";

  private final List<CellReport> cells;
  private final List<String> factors;

  private CellTables(List<CellReport> cells) {
    this.cells = cells;
    factors =
        cells.stream().flatMap(cell -> cell.cell().factors().keySet().stream()).distinct().toList();
  }

  static List<FiledTable> of(List<CellReport> cells) {
    CellTables tables = new CellTables(cells);
    List<FiledTable> all = new ArrayList<>(List.of(tables.cells()));
    if (cells.stream().anyMatch(cell -> cell.result().isPresent())) {
      all.add(TimeTable.of(cells));
      all.add(tables.commands());
    }
    return all;
  }

  private FiledTable cells() {
    List<String> columns = new ArrayList<>(varied());
    columns.add("state");
    MEASURES.forEach(measure -> columns.add(Figures.named(measure)));
    columns.addAll(List.of("epochs", "best", "time", "images/s", "host", "note"));
    return new FiledTable(
        new NamedTable(
            "cells",
            "Every cell",
            "Scores on the test set. Best is the epoch whose weights did best on the validation set and were scored; time is that of training, in hours, minutes and seconds.",
            new Table(columns, cells.stream().map(this::shown).toList()).withoutEmptyColumns()),
        machineColumns(),
        cells.stream().map(this::row).toList());
  }

  private List<String> varied() {
    List<String> varied =
        factors.stream()
            .filter(f -> cells.stream().map(c -> Factor.label(c.cell(), f)).distinct().count() > 1)
            .toList();
    return varied.isEmpty() ? factors : varied;
  }

  private List<String> shown(CellReport cell) {
    List<String> shown = new ArrayList<>();
    varied().forEach(f -> shown.add(Factor.readable(f, Factor.label(cell.cell(), f))));
    shown.add(state(cell));
    Optional<CellResult> result = cell.result();
    for (Measure measure : MEASURES) {
      double value = result.map(r -> Part.TEST.value(r, measure)).orElse(Double.NaN);
      shown.add(Figures.value(measure, value));
    }
    shown.add(result.map(r -> Figures.count(r.epochs())).orElse(Table.NONE));
    shown.add(result.map(r -> Figures.count(r.bestEpoch())).orElse(Table.NONE));
    shown.add(result.map(r -> Figures.duration(r.seconds())).orElse(Table.NONE));
    shown.add(result.map(r -> Figures.number(r.imagesPerSecond(), 1)).orElse(Table.NONE));
    shown.add(environment(cell, "host").orElse(""));
    shown.add(note(cell));
    return shown;
  }

  private static String state(CellReport cell) {
    return cell.state().label();
  }

  private static Optional<String> environment(CellReport cell, String key) {
    return cell.result().map(result -> result.provenance().environment().get(key));
  }

  private static String note(CellReport cell) {
    if (cell.result().isEmpty()) {
      return cell.failure().map(CellFailure::message).orElse("");
    }
    CellResult result = cell.result().get();
    List<String> notes = new ArrayList<>();
    if (result.early()) {
      notes.add("ended early");
    }
    if (result.skipped() > 0) {
      notes.add(Figures.count(result.skipped()) + " records left out");
    }
    return String.join("; ", notes);
  }

  private List<String> machineColumns() {
    List<String> columns = new ArrayList<>(List.of("cell"));
    columns.addAll(factors);
    columns.add("state");
    for (Part part : Part.values()) {
      for (Measure measure : Measure.values()) {
        columns.add(part.key() + "_" + measure.key());
      }
    }
    columns.addAll(
        List.of(
            "epochs",
            "best_epoch",
            "steps",
            "early",
            "skipped",
            "seconds",
            "images_per_second",
            "device",
            "host",
            "failures",
            "failure",
            "command"));
    return columns;
  }

  private List<Object> row(CellReport cell) {
    List<Object> row = new ArrayList<>();
    row.add(cell.cell().name());
    factors.forEach(factor -> row.add(Factor.label(cell.cell(), factor)));
    row.add(state(cell));
    Optional<CellResult> result = cell.result();
    for (Part part : Part.values()) {
      for (Measure measure : Measure.values()) {
        row.add(result.map(r -> part.value(r, measure)).orElse(null));
      }
    }
    row.add(result.map(CellResult::epochs).orElse(null));
    row.add(result.map(CellResult::bestEpoch).orElse(null));
    row.add(result.map(CellResult::steps).orElse(null));
    row.add(result.map(CellResult::early).orElse(null));
    row.add(result.map(CellResult::skipped).orElse(null));
    row.add(result.map(CellResult::seconds).orElse(null));
    row.add(result.map(CellResult::imagesPerSecond).orElse(null));
    row.add(environment(cell, "device").orElse(null));
    row.add(environment(cell, "host").orElse(null));
    row.add(cell.failure().map(CellFailure::attempts).orElse(null));
    row.add(cell.failure().map(CellFailure::message).orElse(null));
    row.add(result.map(CellTables::command).orElse(null));
    return row;
  }

  private FiledTable commands() {
    List<List<String>> shown =
        cells.stream()
            .flatMap(cell -> cell.result().stream())
            .map(result -> List.of(result.cell(), command(result)))
            .toList();
    return new FiledTable(
        new NamedTable(
            "commands",
            "Commands that make each cell again",
            "For a POSIX shell.",
            new Table(List.of("cell", "command"), shown)),
        List.of("cell", "command"),
        shown.stream().map(row -> row.stream().map(cell -> (Object) cell).toList()).toList());
  }

  private static String command(CellResult result) {
    return result.provenance().command().stream()
        .map(word -> word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
