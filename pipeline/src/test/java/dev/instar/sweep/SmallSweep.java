package dev.instar.sweep;

import dev.instar.sweep.Sweep.PlannedCell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/**
 * A sweep whose cells are a shell script: what it does is in {@code does/NAME}, and every beginning
 * is a line of {@code begun}.
 */
final class SmallSweep {
  private static final String SCRIPT =
      """
      #!/bin/sh
      name=$1 folder=$2
      cd "$(dirname "$0")" || exit 9
      echo "$name" >>begun
      finish() { rm -f "$folder/failure.json"; cp "results/$name/result.json" "$folder/result.json"; }
      case $(cat "does/$name") in
        finish) finish ;;
        finish_slowly) echo + >>at_a_time; sleep 0.3; echo - >>at_a_time; finish ;;
        nothing) ;;
        break) echo "it broke"; exit 1 ;;
        die) echo "last words"; kill -9 $$ ;;
        die_once) if [ -e once ]; then finish; else : >once; kill -9 $$; fi ;;
        stop) exit 75 ;;
        wait) trap 'exit 143' TERM; : >"$folder/waits"; while :; do sleep 0.02; done ;;
      esac
      """;

  private final Path folder;
  private final Sweep sweep;
  private final Path script;

  /** Makes a sweep of cells that each finish. */
  SmallSweep(Path folder, int cells) throws IOException {
    this.folder = folder;
    Path plan =
        Files.writeString(
            folder.resolve("plan.yaml"),
            "pack: pack.h5\nmetadata: split.tsv\nsplit_column: fold\ntarget: order\n"
                + "model: resnet18\naxes: {}\nrepeats: "
                + cells
                + "\n");
    SweepPlan read = SweepPlan.read(plan);
    List<PlannedCell> planned =
        read.cells().stream().map(cell -> new PlannedCell(cell, 0)).toList();
    sweep = Sweep.create(folder.resolve("sweep"), read, planned);
    script = Files.writeString(folder.resolve("cell.sh"), SCRIPT);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(folder.resolve("does"));
    for (int i = 0; i < cells; i++) {
      does(i, "finish");
      Path result = Files.createDirectories(folder.resolve("results").resolve(cell(i).name()));
      new CellFolder(result).write(result(cell(i)));
    }
  }

  Sweep sweep() {
    return sweep;
  }

  Cell cell(int index) {
    return sweep.cells().get(index).cell();
  }

  String name(int index) {
    return cell(index).name();
  }

  CellFolder folder(int index) {
    return sweep.folder(cell(index));
  }

  /** Says what the process of a cell does. */
  void does(int index, String what) throws IOException {
    Files.writeString(folder.resolve("does").resolve(name(index)), what);
  }

  List<String> command(Cell cell) {
    return List.of(script.toString(), cell.name(), sweep.folder(cell).path().toString());
  }

  /** The names of cells as their processes began. */
  List<String> begun() throws IOException {
    Path file = folder.resolve("begun");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** How many cells that finish slowly there were at a time. */
  int mostAtATime() throws IOException {
    int most = 0;
    int now = 0;
    for (String line : Files.readAllLines(folder.resolve("at_a_time"))) {
      now += line.equals("+") ? 1 : -1;
      most = Math.max(most, now);
    }
    return most;
  }

  /** A result of a cell. */
  static CellResult result(Cell cell) {
    return new CellResult(
        CellResult.FORMAT,
        cell.name(),
        cell.factors(),
        cell.splitColumn(),
        cell.target(),
        cell.model(),
        new Scores(80, 4, Map.of(Measure.TOP1, 0.75, Measure.LOSS, 0.1 + 0.2)),
        new Scores(81, 4, Map.of(Measure.TOP1, 0.5, Measure.MACRO_F1, 1.0 / 3)),
        3,
        2,
        30,
        false,
        0,
        12.5,
        99.5,
        new Provenance(
            Map.of("instar", "1"),
            List.of(new Provenance.DataFile("pack", "/data/pack.h5", 7, "sha256:00")),
            Map.of("seed", "1"),
            Map.of("cores", "2"),
            List.of("instar", "train")));
  }
}
