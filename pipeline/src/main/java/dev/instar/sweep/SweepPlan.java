package dev.instar.sweep;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
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
 * @param set what all cells are told unless an axis says otherwise: recipe keys with dots and their
 *     values as YAML, and {@code split_column}, {@code target}, {@code model} and the like
 * @param weights what networks begin with, by model; absolute
 * @param axes in the order of the file; the last is always {@code seed}
 * @param include cells beside the combinations: labels by axis, values by key. What an entry leaves
 *     out takes every label
 * @param exclude combinations that are left out: labels by axis, as in {@link CellFilter}
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
  private static final Map<String, String> READABLE =
      Map.of(
          "size small", "Small",
          "size medium", "Medium",
          "size large", "Large",
          "task insect_order", "Insect order",
          "task diptera_family", "Diptera family",
          "model resnet50", "ResNet-50",
          "model vit_base_patch16_224", "ViT-B/16",
          "loss ce", "Cross-entropy",
          "loss focal", "Focal");

  public SweepPlan {
    set = ordered(set);
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    axes = List.copyOf(axes);
    include = include.stream().map(SweepPlan::ordered).toList();
    exclude = exclude.stream().map(SweepPlan::ordered).toList();
  }

  private static Map<String, String> ordered(Map<String, String> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

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
      Map<String, Map<String, String>> copy = new LinkedHashMap<>();
      values.forEach((label, settings) -> copy.put(label, ordered(settings)));
      values = Collections.unmodifiableMap(copy);
    }
  }

  /**
   * Reads a plan, and with it the recipe of every cell: wrong keys and values are found here.
   *
   * @throws dev.instar.image.InputException that names the file and the key if it is no plan
   */
  public static SweepPlan read(Path file) throws IOException {
    SweepPlan plan = PlanFile.read(file);
    Combinations.cells(plan, file.toString());
    return plan;
  }

  /** Every cell, in the order of the axes, then those that are included; names are different. */
  public List<Cell> cells() throws IOException {
    return Combinations.cells(this, name);
  }

  /** A plan with comments, to begin with: that of the published trainings. */
  public static String example() throws IOException {
    try (InputStream in = SweepPlan.class.getResourceAsStream("example.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The plan as YAML; {@link #read} reads it back, wherever the file lies. */
  String yaml() {
    return PlanYaml.write(this);
  }

  /** The label of an axis's value for people, if the axis is one of the reference's. */
  public static Optional<String> readable(String axis, String label) {
    return Optional.ofNullable(READABLE.get(axis + " " + label));
  }
}
