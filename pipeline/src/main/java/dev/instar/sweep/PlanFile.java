package dev.instar.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.image.InputException;
import dev.instar.sweep.SweepPlan.Axis;
import dev.instar.train.Spelling;
import dev.instar.train.YamlFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the YAML of a {@link SweepPlan}. */
final class PlanFile {
  /** Keys of the file beside those that every cell can be told. */
  private static final List<String> KEYS =
      List.of("name", "pack", "metadata", "set", "axes", "exclude", "include", "repeats");

  /** What a folder may be called everywhere. */
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

  private final Path file;
  private final ObjectNode tree;
  private final Settings settings;

  private PlanFile(Path file, ObjectNode tree, Settings settings) {
    this.file = file;
    this.tree = tree;
    this.settings = settings;
  }

  /**
   * Reads a plan.
   *
   * @throws InputException that names the file and the key if it is no plan
   */
  static SweepPlan read(Path file) throws IOException {
    return new PlanFile(file, YamlFile.read(file, "plan of a sweep"), new Settings(file)).plan();
  }

  private SweepPlan plan() throws InputException {
    requireKnownKeys();
    Map<String, String> set = settings.read(object("set"), "set", false);
    for (Map.Entry<String, String> each : common().entrySet()) {
      if (set.put(each.getKey(), each.getValue()) != null) {
        throw settings.refusal("it says " + each.getKey() + " at the top and in set");
      }
    }
    List<Axis> axes = new AxesReader(settings, set).read(tree.get("axes"), tree.get("repeats"));
    Selections selections = new Selections(settings, axes);
    String recipe = set.getOrDefault("recipe", "paper");
    set.remove("recipe");
    Map<String, Path> weights = new LinkedHashMap<>();
    for (String key : List.copyOf(set.keySet())) {
      if (key.startsWith(Settings.WEIGHTS_OF)) {
        weights.put(key.substring(Settings.WEIGHTS_OF.length()), Path.of(set.remove(key)));
      }
    }
    return new SweepPlan(
        name(),
        path("pack"),
        path("metadata"),
        recipe,
        set,
        weights,
        axes,
        selections.included(tree.get("include")),
        selections.excluded(tree.get("exclude")));
  }

  private void requireKnownKeys() throws InputException {
    List<String> known = new ArrayList<>(KEYS);
    known.addAll(Settings.topKeys());
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      String key = entry.getKey();
      if (known.contains(key)) {
        continue;
      }
      throw settings.refusal(
          settings.isKey(key) || settings.isGroup(key)
              ? "'" + key + "' is a key of recipes: write it below 'set:'"
              : "a plan has no key '" + key + "'; " + Spelling.meant(key, known));
    }
  }

  /** What the top of the file tells all cells. */
  private Map<String, String> common() throws InputException {
    ObjectNode top = tree.deepCopy();
    top.remove(KEYS);
    Map<String, String> common = settings.read(top, "", true);
    for (Map.Entry<String, String> each : common.entrySet()) {
      if (each.getKey().startsWith(Settings.WEIGHTS_OF) && each.getValue().equals(Settings.NONE)) {
        throw settings.refusal("'" + each.getKey() + ": none' says nothing: leave it out");
      }
    }
    return common;
  }

  private ObjectNode object(String key) throws InputException {
    JsonNode node = tree.get(key);
    if (node == null || node.isNull()) {
      return tree.objectNode();
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw settings.refusal(key + " takes 'key: value' lines, not " + node);
  }

  private String name() throws InputException {
    JsonNode node = tree.get("name");
    if (node == null) {
      String own = file.toAbsolutePath().getFileName().toString();
      String name = Label.of(own.replaceFirst("(?<=.)\\.ya?ml$", "")).replaceFirst("^[+._-]+", "");
      return name.matches(NAME) ? name : "sweep";
    }
    if (!node.isValueNode() || !node.asText().matches(NAME)) {
      throw settings.refusal("name takes up to 100 letters, digits and ._-, not " + node);
    }
    return node.asText();
  }

  private Path path(String key) throws InputException {
    JsonNode node = tree.get(key);
    if (node == null || !node.isTextual() || node.textValue().isBlank()) {
      throw settings.refusal(
          key
              + " is missing: "
              + (key.equals("pack")
                  ? "name the pictures, as 'instar convert' makes them"
                  : "name the table that says splits and classes"));
    }
    return settings.resolve(key, node.textValue());
  }
}
