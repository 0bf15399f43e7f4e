package dev.instar.report;

import dev.instar.image.InputException;
import dev.instar.train.HistoryFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the folders of a sweep's runs hold beside the results: histories and evaluations. Immutable.
 */
final class SweepEvidence {
  private static final HistoryFile NONE = new HistoryFile(List.of());

  private final Map<String, HistoryFile> histories = new HashMap<>();
  private final Map<String, EvaluationFile> evaluations = new HashMap<>();
  private final List<String> faults = new ArrayList<>();

  private SweepEvidence() {}

  /**
   * Reads it; damaged files are left out and named.
   *
   * @param part whose evaluations
   */
  static SweepEvidence read(List<CellReport> cells, Part part) throws IOException {
    SweepEvidence evidence = new SweepEvidence();
    for (CellReport cell : cells) {
      String name = cell.cell().name();
      evidence.histories.put(name, HistoryFile.read(cell.run()));
      if (cell.result().isPresent()) {
        try {
          EvaluationFile.read(cell.run(), part.key())
              .ifPresent(evaluation -> evidence.evaluations.put(name, evaluation));
        } catch (InputException damaged) {
          evidence.faults.add(damaged.getMessage());
        }
      }
    }
    return evidence;
  }

  /** What a run has logged, at least nothing. */
  HistoryFile history(CellReport cell) {
    return histories.getOrDefault(cell.cell().name(), NONE);
  }

  /** The evaluations of the networks of a combination together, if there are any. */
  Optional<PooledEvaluation> evaluation(Combination combination) {
    return PooledEvaluation.of(
        combination.cells().stream()
            .map(cell -> evaluations.get(cell.cell().name()))
            .filter(evaluation -> evaluation != null)
            .toList());
  }

  /** What could not be read, a sentence each. */
  List<String> faults() {
    return List.copyOf(faults);
  }
}
