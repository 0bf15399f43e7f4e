package dev.instar.report;

import dev.instar.sweep.CellResult;
import dev.instar.sweep.Provenance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the results of a sweep came from: what all cells have in common, and what they have not. */
final class Origins {
  /** Values of a setting that are listed before the others are only counted. */
  private static final int MOST_VALUES = 8;

  private static final String ALL = "all";

  private final List<CellResult> results;

  Origins(List<CellResult> results) {
    this.results = results;
  }

  /** Versions and machines: a row a value, and how many cells have it. */
  Table environment() {
    List<List<String>> rows = new ArrayList<>();
    rows.addAll(values("version of ", Provenance::code));
    rows.addAll(values("", Provenance::environment));
    return new Table(List.of("what", "value", "cells"), rows);
  }

  /** The files that were read. */
  Table data() {
    Map<Provenance.DataFile, Integer> files = new LinkedHashMap<>();
    results.forEach(
        result -> result.provenance().data().forEach(file -> files.merge(file, 1, Integer::sum)));
    List<List<String>> rows = new ArrayList<>();
    files.forEach(
        (file, cells) ->
            rows.add(
                List.of(
                    file.role(),
                    file.path(),
                    Figures.count(file.bytes()),
                    file.checksum(),
                    cells(cells))));
    return new Table(List.of("what", "file", "bytes", "checksum", "cells"), rows);
  }

  /** Settings that are the same in all cells. */
  Table common() {
    List<List<String>> rows =
        values("", Provenance::options).stream()
            .filter(row -> row.get(2).equals(ALL))
            .map(row -> row.subList(0, 2))
            .toList();
    return new Table(List.of("setting", "value"), rows);
  }

  /** Settings that differ between cells: a row a setting. */
  Table different() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    values("", Provenance::options).stream()
        .filter(row -> !row.get(2).equals(ALL))
        .forEach(
            row -> values.computeIfAbsent(row.get(0), key -> new ArrayList<>()).add(row.get(1)));
    List<List<String>> rows = new ArrayList<>();
    values.forEach(
        (name, all) -> {
          String more =
              all.size() > MOST_VALUES ? " and " + (all.size() - MOST_VALUES) + " more" : "";
          rows.add(
              List.of(
                  name, all.stream().limit(MOST_VALUES).collect(Collectors.joining(", ")) + more));
        });
    return new Table(List.of("setting", "values"), rows);
  }

  private String cells(int count) {
    return count == results.size() ? ALL : Figures.count(count);
  }

  /** Each value of each key, with the number of cells that have it. */
  private List<List<String>> values(
      String prefix, Function<Provenance, Map<String, String>> settings) {
    List<Map<String, String>> all =
        results.stream().map(CellResult::provenance).map(settings).toList();
    Set<String> keys = new LinkedHashSet<>();
    all.forEach(map -> keys.addAll(map.keySet()));
    List<List<String>> rows = new ArrayList<>();
    for (String key : keys) {
      Map<String, Integer> counts = new LinkedHashMap<>();
      all.stream()
          .filter(map -> map.containsKey(key))
          .forEach(map -> counts.merge(map.get(key), 1, Integer::sum));
      counts.forEach((value, count) -> rows.add(List.of(prefix + key, value, cells(count))));
    }
    return rows;
  }
}
