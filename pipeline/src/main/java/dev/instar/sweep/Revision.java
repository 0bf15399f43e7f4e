package dev.instar.sweep;

import dev.instar.sweep.Sweep.PlannedCell;
import dev.instar.train.Recipe;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A folder of cells that is planned once more: what was begun is not changed under its hands. */
final class Revision {
  /** How many differences of settings a message lists. */
  private static final int MOST_DIFFERENCES = 4;

  private Revision() {}

  /**
   * The list of the new plan.
   *
   * @param folder of all cells
   * @param order of the plan's axes
   * @throws IOException if a cell that was begun has other settings now, or the sweep is another
   */
  static CellList of(
      Path folder, CellList earlier, SweepPlan plan, List<PlannedCell> cells, List<Cell> order)
      throws IOException {
    if (!earlier.sweep().equals(plan.name())) {
      throw new IOException(
          String.format(
              "%s holds the sweep '%s', and the plan is of '%s': choose another folder with -o",
              folder.getParent(), earlier.sweep(), plan.name()));
    }
    Map<String, PlannedCell> left = new LinkedHashMap<>();
    for (List<PlannedCell> list : List.of(earlier.former(), earlier.cells())) {
      for (PlannedCell each : list) {
        if (begun(folder.resolve(each.cell().name()))) {
          left.put(each.cell().name(), each);
        }
      }
    }
    Recipes recipes = new Recipes();
    for (PlannedCell each : cells) {
      PlannedCell old = left.remove(each.cell().name());
      if (old != null) {
        requireSame(folder, settings(old.cell(), recipes), settings(each.cell(), recipes), each);
      }
    }
    return new CellList(plan.name(), cells, order, new ArrayList<>(left.values()));
  }

  private static boolean begun(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      return files.iterator().hasNext();
    }
  }

  /** What decides what a cell comes to. Files may lie elsewhere than before, under their names. */
  private static Map<String, String> settings(Cell cell, Recipes recipes) throws IOException {
    Map<String, String> settings = new HashMap<>(Recipe.FORM.flat(recipes.of(cell)));
    settings.put("pack", String.valueOf(cell.pack().getFileName()));
    settings.put("metadata", String.valueOf(cell.metadata().getFileName()));
    settings.put("split_column", cell.splitColumn());
    settings.put("target", cell.target());
    settings.put("model", String.valueOf(Path.of(cell.model()).getFileName()));
    settings.put(
        "weights", cell.weights().map(Path::getFileName).map(Path::toString).orElse("none"));
    settings.put("seed", String.valueOf(cell.seed()));
    return settings;
  }

  private static void requireSame(
      Path folder, Map<String, String> old, Map<String, String> now, PlannedCell cell)
      throws IOException {
    Set<String> keys = new TreeSet<>(old.keySet());
    keys.addAll(now.keySet());
    keys.removeIf(key -> Objects.equals(old.get(key), now.get(key)));
    if (!keys.isEmpty()) {
      throw new IOException(
          String.format(
              "%s was begun with other settings (%s%s): plan into another folder with -o, or move"
                  + " that one away",
              folder.resolve(cell.cell().name()),
              keys.stream()
                  .limit(MOST_DIFFERENCES)
                  .map(key -> key + " was " + old.get(key) + " and is " + now.get(key))
                  .collect(Collectors.joining(", ")),
              keys.size() > MOST_DIFFERENCES
                  ? " and " + (keys.size() - MOST_DIFFERENCES) + " more"
                  : ""));
    }
  }
}
