package dev.instar.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan of trainings as its YAML file says it: axes whose every combination is a cell, and what is
 * common to all. docs/sweeps.md has the form. Immutable.
 *
 * @param name of the sweep
 * @param pack the pictures; absolute
 * @param metadata the table of splits and classes; absolute
 * @param recipe name, or absolute path, of the recipe that cells change
 * @param set recipe keys with dots and their values as YAML, for all cells
 * @param weights what networks begin with, by model; absolute
 * @param axes in the order of the file; the last is always {@code seed}
 * @param include cells beside the combinations: settings by axis or key
 * @param exclude combinations that are left out: labels by axis
 */
public record SweepPlan(
    String name,
    Path pack,
    Path metadata,
    String recipe,
    Map<String, String> set,
    Map<String, Path> weights,
    List<Axis> axes,
    List<Map<String, String>> include,
    List<Map<String, String>> exclude) {

  /**
   * What varies.
   *
   * @param name {@code size}, {@code task}, {@code experiment}, {@code model}, {@code loss}, {@code
   *     recipe}, {@code weights}, {@code seed}, a key of the recipe such as {@code optimizer.rate},
   *     {@code sampler} for {@code sampling}, or any name whose values are settings
   * @param values labels in their order, and the settings that each stands for
   */
  public record Axis(String name, Map<String, Map<String, String>> values) {
    public Axis {
      values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /**
   * Reads a plan.
   *
   * @throws dev.instar.image.InputException that names the file and the key if it is no plan
   */
  public static SweepPlan read(Path file) throws IOException {
    throw new UnsupportedOperationException(String.valueOf(file));
  }

  /** Every cell, in the order of the axes; names are different. */
  public List<Cell> cells() throws IOException {
    throw new UnsupportedOperationException();
  }

  /** The label of an axis's value for people, if the axis is one of the reference's. */
  static Optional<String> readable(String axis, String label) {
    throw new UnsupportedOperationException(axis + label);
  }
}
