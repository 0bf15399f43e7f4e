package dev.instar.split;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A small table in memory, read and written without the classes under test. */
record TsvTable(List<String> columns, List<List<String>> rows) {
  static TsvTable of(String columns, List<String> rows) {
    return new TsvTable(
        List.of(columns.split("\t")),
        rows.stream().map(row -> List.of(row.split("\t", -1))).toList());
  }

  static TsvTable read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return of(lines.get(0), lines.subList(1, lines.size()));
  }

  Path write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(String.join("\t", columns));
    rows.forEach(row -> lines.add(String.join("\t", row)));
    return Files.write(file, lines);
  }

  String value(int row, String column) {
    return rows.get(row).get(columns.indexOf(column));
  }

  List<String> column(String column) {
    int at = columns.indexOf(column);
    return rows.stream().map(row -> row.get(at)).toList();
  }

  TsvTable shuffled(long seed) {
    List<List<String>> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));
    return new TsvTable(columns, shuffled);
  }
}
