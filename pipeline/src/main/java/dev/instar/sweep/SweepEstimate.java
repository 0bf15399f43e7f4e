package dev.instar.sweep;

import dev.instar.image.InputException;
import dev.instar.sweep.SplitSizes.Columns;
import dev.instar.sweep.Sweep.PlannedCell;
import dev.instar.train.Recipe;
import dev.instar.train.StepTiming;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/**
 * What a sweep takes. A pace comes from cells of the same kind that are done, else from steps that
 * are timed, else it is not known.
 *
 * @param cells longest first
 * @param paces by kind, in the order in which they were met
 */
public record SweepEstimate(List<Estimated> cells, List<Pace> paces) {
  /** How many cells at once people like to know the time of. */
  public static final List<Integer> PARALLEL = List.of(1, 2, 4, 8, 16, 32);

  public SweepEstimate {
    cells = List.copyOf(cells);
    paces = List.copyOf(paces);
  }

  /**
   * A cell.
   *
   * @param sizes of its data
   * @param seconds it takes in all, 0 where nobody knows
   * @param done whether it has its result
   */
  public record Estimated(Cell cell, SplitSizes sizes, int epochs, double seconds, boolean done) {}

  /**
   * How fast cells of a kind are.
   *
   * @param model of the network
   * @param crop the side of its pictures, in pixels
   * @param batch samples of a forward pass
   * @param imagesPerSecond learnt from, steps of the optimizer included; 0 where nobody knows
   * @param fromResults whether it is of cells that are done, and not of steps
   * @param device that it was measured on; empty of cells that are done
   * @param why it is not known; empty where it is
   */
  public record Pace(
      String model,
      int crop,
      int batch,
      double imagesPerSecond,
      boolean fromResults,
      String device,
      String why) {}

  /** Times steps. */
  @FunctionalInterface
  public interface Timing {
    /** How long steps take, if that is to be known. */
    Optional<StepTiming> of(String model, Recipe recipe, int classes);
  }

  /**
   * Estimates cells.
   *
   * @param folder of the sweep, which may not exist yet
   * @param timing asked once for every kind of which no cell is done; what it throws is noted
   * @throws IOException if the table cannot be read, or lacks what the cells need of it
   */
  public static SweepEstimate of(List<Cell> cells, Path folder, Timing timing) throws IOException {
    List<Workload> loads = loads(cells);
    Map<Cell, CellResult> results = results(cells, folder);
    Map<Workload.Kind, Known> known = new LinkedHashMap<>();
    for (Workload load : loads) {
      if (!known.containsKey(load.kind())) {
        known.put(load.kind(), pace(load, loads, results, timing));
      }
    }
    List<Workload> ordered = new ArrayList<>(loads);
    boolean all = known.values().stream().allMatch(each -> each.pace.isPresent());
    ordered.sort(
        Comparator.comparingDouble(
            load ->
                all ? -load.seconds(known.get(load.kind()).pace.orElseThrow()) : -load.effort()));
    List<Estimated> estimated =
        ordered.stream()
            .map(
                load ->
                    new Estimated(
                        load.cell(),
                        load.sizes(),
                        load.recipe().epochs(),
                        known.get(load.kind()).pace.map(load::seconds).orElse(0.0),
                        results.containsKey(load.cell())))
            .toList();
    return new SweepEstimate(estimated, known.values().stream().map(Known::told).toList());
  }

  /** A pace and what is told of it. */
  private record Known(Optional<StepTiming> pace, Pace told) {
    static Known of(Workload load, Optional<StepTiming> pace, boolean fromResults, String why) {
      double images =
          pace.map(
                  steps ->
                      load.recipe().batch()
                          / (load.recipe().batch() * steps.secondsPerImage()
                              + steps.secondsPerStep() / load.recipe().accumulate()))
              .orElse(0.0);
      Workload.Kind kind = load.kind();
      String device = fromResults ? "" : pace.map(StepTiming::device).orElse("");
      return new Known(
          pace,
          new Pace(kind.model(), kind.crop(), kind.batch(), images, fromResults, device, why));
    }
  }

  private static List<Workload> loads(List<Cell> cells) throws IOException {
    Map<Path, List<Columns>> wanted =
        cells.stream()
            .collect(
                Collectors.groupingBy(
                    Cell::metadata, Collectors.mapping(Columns::of, Collectors.toList())));
    Map<Path, Map<Columns, SplitSizes>> sizes = new HashMap<>();
    for (Map.Entry<Path, List<Columns>> each : wanted.entrySet()) {
      List<Columns> distinct = each.getValue().stream().distinct().toList();
      sizes.put(each.getKey(), SplitSizes.read(each.getKey(), distinct));
    }
    Recipes recipes = new Recipes();
    List<Workload> loads = new ArrayList<>();
    for (Cell cell : cells) {
      SplitSizes own = sizes.get(cell.metadata()).get(Columns.of(cell));
      loads.add(new Workload(cell, recipes.of(cell), own));
    }
    return loads;
  }

  private static Map<Cell, CellResult> results(List<Cell> cells, Path folder) throws IOException {
    Map<Cell, CellResult> results = new HashMap<>();
    for (Cell cell : cells) {
      try {
        Sweep.folder(folder, cell)
            .result()
            .filter(result -> result.cell().equals(cell.name()))
            .ifPresent(result -> results.put(cell, result));
      } catch (InputException damaged) {
        continue; // such a cell is not done
      }
    }
    return results;
  }

  private static Known pace(
      Workload of, List<Workload> loads, Map<Cell, CellResult> results, Timing timing) {
    double seconds = 0;
    double images = 0;
    for (Workload load : loads) {
      CellResult result = results.get(load.cell());
      if (result != null && load.kind().equals(of.kind())) {
        seconds += result.seconds();
        images += result.epochs() * load.imagesOfEpoch();
      }
    }
    if (seconds > 0 && images > 0) {
      return Known.of(of, Optional.of(new StepTiming(seconds / images, 0, "")), true, "");
    }
    try {
      Optional<StepTiming> timed = timing.of(of.cell().model(), of.recipe(), of.sizes().classes());
      return Known.of(of, timed, false, timed.isPresent() ? "" : "not timed");
    } catch (RuntimeException e) {
      String message = e.getMessage() == null ? e.toString() : e.getMessage();
      return Known.of(of, Optional.empty(), false, message.lines().findFirst().orElse(""));
    }
  }

  /** The cells for the folder of the sweep, longest first. */
  public List<PlannedCell> planned() {
    return cells.stream().map(each -> new PlannedCell(each.cell(), each.seconds())).toList();
  }

  /** Whether the time of every cell is known. */
  public boolean complete() {
    return cells.stream().allMatch(each -> each.seconds() > 0);
  }

  /**
   * Seconds until all cells that are not done yet are, if each takes what it would alone.
   *
   * @param parallel how many run at once; each that ends makes room for the longest that waits
   */
  public double makespan(int parallel) {
    PriorityQueue<Double> ends = new PriorityQueue<>();
    for (int i = 0; i < parallel; i++) {
      ends.add(0.0);
    }
    double last = 0;
    for (Estimated each : cells) {
      if (!each.done()) {
        double end = ends.remove() + each.seconds();
        ends.add(end);
        last = Math.max(last, end);
      }
    }
    return last;
  }
}
