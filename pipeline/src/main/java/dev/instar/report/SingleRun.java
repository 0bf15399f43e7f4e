package dev.instar.report;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.sweep.Cell;
import dev.instar.sweep.CellResult;
import dev.instar.sweep.CellState;
import dev.instar.sweep.Measure;
import dev.instar.sweep.Provenance;
import dev.instar.sweep.Scores;
import dev.instar.train.Measures;
import dev.instar.train.RunSettings;
import dev.instar.train.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The folder of one training, seen as a cell that no sweep planned. */
final class SingleRun {
  private static final String RECIPE = "recipe.";

  private final Path run;
  private final Map<String, String> settings;
  private final Provenance provenance;

  private SingleRun(Path run, Map<String, String> settings, Provenance provenance) {
    this.run = run;
    this.settings = settings;
    this.provenance = provenance;
  }

  /**
   * Reads what there is. A run that is not finished is interrupted: whether somebody trains it now
   * is not told.
   *
   * @throws InputException if the folder is none of a classifier's training
   */
  static CellReport read(Path folder) throws IOException {
    Path run = folder.toAbsolutePath().normalize();
    Map<String, String> settings =
        RunSettings.read(run)
            .filter(read -> read.containsKey("split"))
            .orElseThrow(
                () ->
                    new InputException(
                        Fault.UNSUPPORTED,
                        folder
                            + " is neither the folder of a sweep nor that of a classifier's training"));
    Provenance unknown = new Provenance(Map.of(), List.of(), settings, Map.of(), List.of());
    return new SingleRun(run, settings, Provenance.read(run).orElse(unknown)).report();
  }

  private CellReport report() throws IOException {
    Optional<TrainingResult<Measures>> trained =
        TrainingResult.read(run).filter(result -> result.finished() && !result.best().isEmpty());
    Cell cell = cell();
    Optional<CellResult> result =
        trained.isPresent() ? Optional.of(result(cell, trained.get())) : Optional.empty();
    return new CellReport(
        cell,
        result.isPresent() ? CellState.DONE : CellState.INTERRUPTED,
        result,
        Optional.empty(),
        run);
  }

  private Cell cell() {
    Map<String, String> factors = new LinkedHashMap<>();
    factors.put("model", setting("model"));
    factors.put("loss", setting(RECIPE + "loss.kind"));
    factors.put(Factor.SEED, setting("seed"));
    return new Cell(
        String.valueOf(run.getFileName()),
        factors,
        data("pack").orElse(run.resolve("pack")),
        data("metadata").orElse(run.resolve("metadata")),
        setting("split"),
        setting("target"),
        setting("model"),
        data("weights"),
        run.resolve(RunSettings.RECIPE).toString(),
        List.of(),
        seed());
  }

  private String setting(String name) {
    return settings.getOrDefault(name, "");
  }

  private long seed() {
    String seed = setting("seed");
    return seed.matches("-?[0-9]{1,18}") ? Long.parseLong(seed) : 0;
  }

  private Optional<Path> data(String role) {
    return provenance.data().stream()
        .filter(file -> file.role().equals(role))
        .map(file -> Path.of(file.path()))
        .findFirst();
  }

  private CellResult result(Cell cell, TrainingResult<Measures> trained) throws IOException {
    Measures best = trained.best().get(0);
    return new CellResult(
        CellResult.FORMAT,
        cell.name(),
        cell.factors(),
        cell.splitColumn(),
        cell.target(),
        cell.model(),
        scores(Part.VALIDATION).orElseGet(() -> scores(best)),
        scores(Part.TEST).orElseGet(() -> new Scores(0, 0, Map.of())),
        trained.epochs(),
        best.epoch() + 1,
        trained.steps(),
        trained.early(),
        trained.skipped(),
        trained.seconds(),
        trained.imagesPerSecond(),
        provenance);
  }

  /** Those of {@code instar evaluate}, if it was run. */
  private Optional<Scores> scores(Part part) throws IOException {
    return EvaluationFile.read(run, part.key()).map(EvaluationFile::scores);
  }

  /** What training itself knows. */
  private static Scores scores(Measures best) {
    Map<Measure, Double> values = new EnumMap<>(Measure.class);
    values.put(Measure.TOP1, best.top1());
    values.put(Measure.TOP3, best.top3());
    values.put(Measure.TOP5, best.top5());
    values.put(Measure.MACRO_TOP1, best.macroTop1());
    values.put(Measure.MACRO_F1, best.macroF1());
    values.put(Measure.MICRO_F1, best.top1());
    values.put(Measure.LOSS, best.loss());
    return new Scores(0, 0, values);
  }
}
