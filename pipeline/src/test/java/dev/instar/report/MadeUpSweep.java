package dev.instar.report;

import dev.instar.sweep.Cell;
import dev.instar.sweep.CellFailure;
import dev.instar.sweep.CellResult;
import dev.instar.sweep.CellState;
import dev.instar.sweep.Measure;
import dev.instar.sweep.Provenance;
import dev.instar.sweep.Scores;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Sweeps whose results were never trained. */
final class MadeUpSweep {
  private static final Path NOWHERE = Path.of("/nowhere");

  private MadeUpSweep() {}

  /** The 72 experiments, all done, with scores that depend on the factors and on chance. */
  static SweepReport reference() {
    Random random = new Random(1);
    List<CellReport> cells = new ArrayList<>();
    for (String size : List.of("small", "medium", "large")) {
      for (String task : List.of("insect_order", "diptera_family")) {
        for (String model : List.of("resnet50", "vit_base_patch16_224")) {
          for (String loss : List.of("ce", "focal")) {
            for (int seed = 1; seed <= 3; seed++) {
              Map<String, String> factors = new LinkedHashMap<>();
              factors.put("size", size);
              factors.put("task", task);
              factors.put("model", model);
              factors.put("loss", loss);
              factors.put("seed", String.valueOf(seed));
              cells.add(
                  done(
                      factors,
                      0.93
                          + (size.equals("large") ? 0.03 : 0)
                          + (model.startsWith("vit") ? 0.01 : 0)
                          + (loss.equals("ce") ? 0.005 : 0)
                          + 0.002 * random.nextGaussian()));
            }
          }
        }
      }
    }
    return new SweepReport("reference", cells);
  }

  /** A sweep of which every cell is done, its top-1 and all else as {@code top1} says. */
  static SweepReport of(
      List<Map<String, String>> factors, ToDoubleFunction<Map<String, String>> top1) {
    return new SweepReport(
        "made-up", factors.stream().map(f -> done(f, top1.applyAsDouble(f))).toList());
  }

  /** Labels in the order of {@code names}, as {@code size=small}. */
  static Map<String, String> factors(String... labels) {
    Map<String, String> factors = new LinkedHashMap<>();
    for (String label : labels) {
      int equals = label.indexOf('=');
      factors.put(label.substring(0, equals), label.substring(equals + 1));
    }
    return factors;
  }

  static CellReport done(Map<String, String> factors, double top1) {
    Cell cell = cell(factors);
    return new CellReport(
        cell,
        CellState.DONE,
        Optional.of(result(cell, top1)),
        Optional.empty(),
        NOWHERE.resolve(cell.name()));
  }

  /** What a cell came to, its top-1 and all else as {@code top1} says. */
  static CellResult result(Cell cell, double top1) {
    int classes = cell.target().equals("order") ? 16 : 40;
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("host", "n1");
    environment.put("device", "cpu");
    return new CellResult(
        CellResult.FORMAT,
        cell.name(),
        cell.factors(),
        cell.splitColumn(),
        cell.target(),
        cell.model(),
        scores(classes, top1 - 0.01),
        scores(classes, top1),
        30,
        24,
        9000,
        false,
        0,
        3723.4,
        812.25,
        new Provenance(
            Map.of("version", "1.0"),
            List.of(new Provenance.DataFile("pack", "/nowhere/p.h5", 10, "sha256:00")),
            Map.of("recipe.loss.kind", cell.factors().getOrDefault("loss", "ce")),
            environment,
            List.of("instar", "train", "--note", "it's $5")));
  }

  static CellReport unfinished(Map<String, String> factors, CellState state, String failure) {
    Cell cell = cell(factors);
    return new CellReport(
        cell,
        state,
        Optional.empty(),
        state == CellState.FAILED
            ? Optional.of(new CellFailure(failure, "", 1, 2, "n2", Instant.EPOCH))
            : Optional.empty(),
        NOWHERE.resolve(cell.name()));
  }

  private static Cell cell(Map<String, String> factors) {
    String task = factors.getOrDefault("task", "insect_order");
    return new Cell(
        String.join("_", factors.values()),
        factors,
        NOWHERE.resolve("pack.h5"),
        NOWHERE.resolve("table.tsv"),
        factors.getOrDefault("size", "small") + "_" + task,
        task.equals("insect_order") ? "order" : "family",
        factors.getOrDefault("model", "resnet18"),
        Optional.empty(),
        "paper",
        List.of(),
        Long.parseLong(factors.getOrDefault("seed", "1")));
  }

  private static Scores scores(int classes, double top1) {
    Map<Measure, Double> values = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      values.put(measure, measure.isShare() ? top1 - 0.003 * measure.ordinal() : 2 * (1 - top1));
    }
    values.put(Measure.MICRO_F1, top1);
    return new Scores(10_000, classes, values);
  }

  /** The same report with its cells in another order. */
  static SweepReport shuffled(SweepReport report, long seed) {
    List<CellReport> cells = new ArrayList<>(report.cells());
    Collections.shuffle(cells, new Random(seed));
    return new SweepReport(report.name(), cells);
  }
}
