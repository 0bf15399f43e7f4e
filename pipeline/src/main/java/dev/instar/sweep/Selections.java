package dev.instar.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.image.InputException;
import dev.instar.sweep.SweepPlan.Axis;
import dev.instar.train.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what a plan's file includes beside its combinations, and what it excludes of them. */
final class Selections {
  private static final List<String> OF_SPLITS =
      List.of("experiment", "size", "task", "split_column");

  private final Settings settings;
  private final List<Axis> axes;

  Selections(Settings settings, List<Axis> axes) {
    this.settings = settings;
    this.axes = axes;
  }

  /**
   * Cells beside the combinations: labels by axis, values by key.
   *
   * @param node null where the file has none
   */
  List<Map<String, String>> included(JsonNode node) throws InputException {
    List<Map<String, String>> entries = new ArrayList<>();
    for (ObjectNode entry : objects("include", node)) {
      Map<String, String> read = new LinkedHashMap<>();
      ObjectNode rest = entry.objectNode();
      for (Map.Entry<String, JsonNode> each : entry.properties()) {
        Optional<Axis> axis = axis(each.getKey());
        if (axis.isPresent()) {
          read.put(axis.get().name(), labelOrValue(axis.get(), each.getValue()));
        } else {
          rest.set(each.getKey(), each.getValue());
        }
      }
      for (Map.Entry<String, String> each : settings.read(rest, "include", true).entrySet()) {
        if (OF_SPLITS.contains(each.getKey()) || axis(each.getKey()).isPresent()) {
          throw settings.refusal(
              "include cannot say " + each.getKey() + " where axes say " + names());
        }
        String key = each.getKey();
        read.put(key.equals("loss.kind") ? "loss" : key, each.getValue());
      }
      if (read.isEmpty()) {
        throw settings.refusal("include has an entry that says nothing");
      }
      entries.add(read);
    }
    return entries;
  }

  private String labelOrValue(Axis axis, JsonNode node) throws InputException {
    String at = "include." + axis.name();
    String text = text(at, node);
    if (axis.values().containsKey(text)) {
      return text;
    }
    if (!settings.isKey(axis.name())) {
      throw settings.refusal(
          at + ": no label '" + text + "'; " + Spelling.meant(text, axis.values().keySet()));
    }
    return settings.value(at, Settings.canonical(axis.name()), node);
  }

  /**
   * Combinations that are left out: labels by axis, as in {@link CellFilter}.
   *
   * @param node null where the file has none
   */
  List<Map<String, String>> excluded(JsonNode node) throws InputException {
    List<Map<String, String>> entries = new ArrayList<>();
    for (ObjectNode entry : objects("exclude", node)) {
      Map<String, String> read = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> each : entry.properties()) {
        String key = each.getKey();
        Axis axis =
            axis(key)
                .orElseThrow(
                    () ->
                        settings.refusal(
                            "exclude: no axis '" + key + "'; " + Spelling.meant(key, names())));
        read.put(axis.name(), labels(axis, each.getValue()));
      }
      if (read.isEmpty()) {
        throw settings.refusal("exclude has an entry that says nothing: it would leave no cell");
      }
      entries.add(read);
    }
    return entries;
  }

  private String labels(Axis axis, JsonNode node) throws InputException {
    String at = "exclude." + axis.name();
    List<String> wanted = new ArrayList<>();
    for (JsonNode item : node.isArray() ? node : List.of(node)) {
      wanted.addAll(List.of(text(at, item).split("\\|")));
    }
    for (String label : wanted) {
      if (axis.values().keySet().stream().noneMatch(each -> CellFilter.matches(label, each))) {
        throw settings.refusal(
            at + ": no label '" + label + "'; " + Spelling.meant(label, axis.values().keySet()));
      }
    }
    return wanted.stream().map(String::strip).collect(Collectors.joining("|"));
  }

  private String text(String at, JsonNode node) throws InputException {
    if (!node.isValueNode() || node.isNull() || node.asText().isBlank()) {
      throw settings.refusal(at + " takes a label, not " + node);
    }
    return node.asText();
  }

  private List<ObjectNode> objects(String key, JsonNode node) throws InputException {
    List<ObjectNode> objects = new ArrayList<>();
    if (node == null || node.isNull()) {
      return objects;
    }
    for (JsonNode item : node.isArray() ? node : List.of(node)) {
      if (!(item instanceof ObjectNode object)) {
        throw settings.refusal(key + " takes a list such as [{size: large, seed: 1}], not " + node);
      }
      objects.add(object);
    }
    return objects;
  }

  private Optional<Axis> axis(String name) {
    return axes.stream()
        .filter(axis -> Settings.canonical(axis.name()).equals(Settings.canonical(name)))
        .findFirst();
  }

  private List<String> names() {
    return axes.stream().map(Axis::name).toList();
  }
}
