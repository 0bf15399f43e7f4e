package dev.instar.report;

import dev.instar.taxonomy.AtomicText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of a sweep: means and deviations over seeds in the shape of the paper's Tables A3 and
 * A4 with published numbers beside them, the effect of each factor, every cell. Immutable.
 */
public final class SweepTables {
  private final List<FiledTable> tables;
  private final String json;

  private SweepTables(List<FiledTable> tables, String json) {
    this.tables = List.copyOf(tables);
    this.json = json;
  }

  /**
   * Computes them, reading the evaluations in the runs' folders for the accuracies of classes; what
   * is damaged of those is left out and named in captions.
   */
  public static SweepTables of(SweepReport report) throws IOException {
    List<Combination> combinations = Combination.of(report.cells());
    List<ClassAccuracies> classes = new ArrayList<>();
    for (Combination combination : combinations) {
      classes.add(ClassAccuracies.read(combination));
    }
    Effects effects = Effects.of(report.cells());
    List<FiledTable> tables = new ArrayList<>();
    tables.addAll(ResultTables.of(combinations, Part.TEST));
    tables.addAll(EffectTables.of(effects));
    tables.addAll(ResultTables.of(combinations, Part.VALIDATION));
    tables.addAll(ClassTables.of(classes));
    tables.addAll(CellTables.of(report.cells()));
    return new SweepTables(tables, SweepJson.of(report, classes, effects));
  }

  /** The tables for people, rounded; the first is the most wanted. */
  public List<NamedTable> tables() {
    return tables.stream().map(FiledTable::shown).toList();
  }

  /** All numbers, unrounded, as JSON; the same for the same results, byte for byte. */
  public String json() {
    return json;
  }

  /**
   * Writes each table as {@code NAME.csv} (unrounded), {@code NAME.md} and {@code NAME.tex}, and
   * {@code report.json}, atomically each. The folder is made if need be.
   *
   * @return the files
   */
  public List<Path> write(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (FiledTable table : tables) {
      NamedTable shown = table.shown();
      String name = shown.name();
      files.add(write(folder, name + ".csv", CsvText.of(table.columns(), table.rows())));
      files.add(write(folder, name + ".md", MarkdownText.of(shown)));
      files.add(write(folder, name + ".tex", LatexText.of(shown)));
    }
    files.add(write(folder, "report.json", json));
    return files;
  }

  private static Path write(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    AtomicText.write(file, text);
    return file;
  }
}
