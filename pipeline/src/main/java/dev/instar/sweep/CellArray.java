package dev.instar.sweep;

import dev.instar.slurm.BatchScript;
import dev.instar.slurm.Resources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cells of the same data, as an array of Slurm in which each is a task.
 *
 * @param cells in the order in which they are to begin
 */
public record CellArray(Path pack, Path metadata, List<Cell> cells) {
  public CellArray {
    cells = List.copyOf(cells);
  }

  /**
   * As few arrays as hold all cells.
   *
   * @param most tasks that an array may have
   */
  public static List<CellArray> of(List<Cell> cells, int most) {
    record Files(Path pack, Path metadata) {}
    Map<Files, List<Cell>> together = new LinkedHashMap<>();
    for (Cell cell : cells) {
      together
          .computeIfAbsent(new Files(cell.pack(), cell.metadata()), files -> new ArrayList<>())
          .add(cell);
    }
    List<CellArray> arrays = new ArrayList<>();
    together.forEach(
        (files, those) -> {
          for (int from = 0; from < those.size(); from += most) {
            List<Cell> part = those.subList(from, Math.min(those.size(), from + most));
            arrays.add(new CellArray(files.pack(), files.metadata(), part));
          }
        });
    return arrays;
  }

  /** Names of the cells, in the order of the tasks. */
  public List<String> names() {
    return cells.stream().map(Cell::name).toList();
  }

  /**
   * The script of the array.
   *
   * @param folder of the submission
   * @param launcher of Instar on the nodes
   * @param stage whether tasks copy the pack and the table to their node first
   */
  public BatchScript script(
      Sweep sweep, Path folder, Path launcher, Resources resources, boolean stage) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("instar", launcher.toString());
    variables.put("sweep", sweep.path().toString());
    variables.put("cells", folder.resolve(Submission.CELLS).toString());
    variables.put("pack", pack.toString());
    variables.put("metadata", metadata.toString());
    return new BatchScript(
        sweep.name(),
        List.of(
            "Cells of " + sweep.path() + ": task I trains the one on line I + 1 of its list.",
            "A cell that is done, or that somebody works on, is left alone: run this as often as"
                + " you like.",
            "How they stand: instar sweep status " + sweep.path()),
        cells.size(),
        resources,
        folder.resolve(Submission.LOGS),
        variables,
        stage ? List.of("pack", "metadata") : List.of(),
        List.of(
            "cell=$(sed -n \"$((SLURM_ARRAY_TASK_ID + 1))p\" \"$cells\")",
            "\"$instar\" sweep run \"$sweep\" --cell \"$cell\" --pack \"$pack\" --metadata"
                + " \"$metadata\""));
  }
}
