package dev.instar.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.instar.sweep.SweepPlan.Axis;
import java.nio.file.Path;
import java.util.Map;

/** Writes a {@link SweepPlan} as YAML that {@link PlanFile} reads. */
final class PlanYaml {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build();

  private PlanYaml() {}

  static String write(SweepPlan plan) {
    ObjectNode tree = YAML.createObjectNode();
    tree.put("name", plan.name());
    tree.put("pack", plan.pack().toString());
    tree.put("metadata", plan.metadata().toString());
    tree.put("recipe", plan.recipe());
    ObjectNode set = YAML.createObjectNode();
    plan.set()
        .forEach(
            (key, value) ->
                (Settings.OWN.contains(key) ? tree : set).set(key, Settings.node(key, value)));
    if (!set.isEmpty()) {
      tree.set("set", set);
    }
    if (!plan.weights().isEmpty()) {
      ObjectNode weights = tree.putObject("weights");
      for (Map.Entry<String, Path> each : plan.weights().entrySet()) {
        weights.put(each.getKey(), each.getValue().toString());
      }
    }
    ObjectNode axes = tree.putObject("axes");
    plan.axes().forEach(axis -> axes.set(axis.name(), values(axis)));
    if (!plan.exclude().isEmpty()) {
      ArrayNode exclude = tree.putArray("exclude");
      plan.exclude().forEach(entry -> entry.forEach(exclude.addObject()::put));
    }
    if (!plan.include().isEmpty()) {
      ArrayNode include = tree.putArray("include");
      plan.include().forEach(entry -> write(plan, entry, include.addObject()));
    }
    try {
      return YAML.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a plan cannot be written: " + e.getMessage(), e);
    }
  }

  private static void write(SweepPlan plan, Map<String, String> entry, ObjectNode into) {
    entry.forEach(
        (key, value) -> {
          boolean label =
              plan.axes().stream()
                  .anyMatch(axis -> axis.name().equals(key) && axis.values().containsKey(value));
          if (label) {
            into.put(key, value);
          } else {
            into.set(key, Settings.node(Settings.canonical(key), value));
          }
        });
  }

  /** A list where the labels are those that a list's values get, else values by label. */
  private static JsonNode values(Axis axis) {
    String key = Settings.canonical(axis.name());
    ArrayNode list = YAML.createArrayNode();
    ObjectNode labelled = YAML.createObjectNode();
    for (Map.Entry<String, Map<String, String>> each : axis.values().entrySet()) {
      Map<String, String> told = each.getValue();
      String value = told.get(key);
      if (told.size() == 1 && value != null) {
        JsonNode node = Settings.node(key, value);
        labelled.set(each.getKey(), node);
        if (Label.of(key, node, value).equals(each.getKey())) {
          list.add(node);
        }
      } else {
        ObjectNode bundle = labelled.putObject(each.getKey());
        told.forEach((name, of) -> bundle.set(below(axis, name), Settings.node(name, of)));
      }
    }
    return list.size() == axis.values().size() ? list : labelled;
  }

  /** A label of the axis {@code weights} takes models, any other keys. */
  private static String below(Axis axis, String key) {
    return axis.name().equals("weights") ? key.substring(Settings.WEIGHTS_OF.length()) : key;
  }
}
