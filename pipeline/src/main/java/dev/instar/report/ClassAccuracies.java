package dev.instar.report;

import dev.instar.image.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How right networks that differ in nothing but the seed are about each class of the test set.
 *
 * @param combination of the networks
 * @param records of each class that has some, by its name, those with most first
 * @param values of each of those classes, one a seed, parts of 1
 * @param faults why a seed is missing, a sentence each
 */
record ClassAccuracies(
    Combination combination,
    Map<String, Long> records,
    Map<String, List<Double>> values,
    List<String> faults) {

  /** Reads the evaluations of the cells that are done. */
  static ClassAccuracies read(Combination combination) throws IOException {
    ClassAccuracies all =
        new ClassAccuracies(
            combination, new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());
    for (CellReport cell : combination.cells()) {
      if (cell.result().isPresent()) {
        try {
          Optional<EvaluationFile> file = EvaluationFile.read(cell.run(), Part.TEST.key());
          file.ifPresent(evaluation -> all.add(cell, evaluation.confusion()));
        } catch (InputException damaged) {
          all.faults.add(damaged.getMessage());
        }
      }
    }
    return all;
  }

  private void add(CellReport cell, NamedConfusion confusion) {
    Map<String, Long> own = new LinkedHashMap<>();
    confusion.presentByCount().forEach(c -> own.put(confusion.name(c), confusion.records(c)));
    if (records.isEmpty()) {
      records.putAll(own);
    }
    if (!own.equals(records)) {
      faults.add(cell.cell().name() + " was evaluated on other records than the seeds before it");
      return;
    }
    for (int label : confusion.presentByCount()) {
      values
          .computeIfAbsent(confusion.name(label), key -> new ArrayList<>())
          .add(confusion.hits(label) / confusion.records(label));
    }
  }

  Spread spread(String name) {
    return Spread.of(
        values.getOrDefault(name, List.of()).stream().mapToDouble(value -> value).toArray());
  }
}
