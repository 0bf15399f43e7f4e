package dev.instar.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.image.InputException;
import dev.instar.sweep.SweepPlan.Axis;
import dev.instar.train.Spelling;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads the axes of a plan's file. */
final class AxesReader {
  static final String SEED = "seed";

  private static final String NAME = "[A-Za-z][A-Za-z0-9_.]{0,59}";
  private static final int MOST_REPEATS = 1000;

  /** Seeds of the reference: its default is 1, and published weights are of seed 2. */
  private static final int PUBLISHED_REPEATS = 3;

  /** What the reference varied (configurations.py:16, 121, 124), and by which keys. */
  private static final Map<String, List<String>> PUBLISHED = new LinkedHashMap<>();

  static {
    PUBLISHED.put("size", List.of("small", "medium", "large"));
    PUBLISHED.put("task", List.of("insect_order", "diptera_family"));
    PUBLISHED.put("model", List.of("resnet50", "vit_base_patch16_224"));
    PUBLISHED.put("loss", List.of("ce", "focal"));
  }

  /** What may stand at the top instead of being an axis of one value. */
  private static final List<String> CONSTANT =
      List.of("split_column", "experiment", "size", "task", "model", "loss");

  private final Settings settings;
  private final Map<String, String> common;

  /**
   * @param common what all cells are told; what is an axis of one value is taken out of it
   */
  AxesReader(Settings settings, Map<String, String> common) {
    this.settings = settings;
    this.common = common;
  }

  /**
   * The axes; where there are none, those of the publication that nothing was said about. The last
   * is {@code seed}.
   *
   * @param axes null where the file has none
   * @param repeats null where the file has none
   */
  List<Axis> read(JsonNode axes, JsonNode repeats) throws InputException {
    Map<String, Axis> read = new LinkedHashMap<>();
    for (String name : CONSTANT) {
      String value = common.remove(Settings.canonical(name));
      if (value != null) {
        read.put(name, constant(name, value));
      }
    }
    if (axes == null || axes.isNull()) {
      publish(read);
    } else if (axes instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        Axis axis = axis(entry.getKey(), entry.getValue());
        if (read.put(axis.name(), axis) != null) {
          throw settings.refusal("it says " + axis.name() + " twice: once as an axis is enough");
        }
      }
    } else {
      throw settings.refusal("axes takes 'name: [values]' lines, not " + axes);
    }
    Axis seeds = seeds(read.remove(SEED), repeats, axes == null || axes.isNull());
    read.put(SEED, seeds);
    requireApart(read.values());
    return List.copyOf(read.values());
  }

  /** What all cells have in common of this is a factor too: an axis of one value. */
  private static Axis constant(String name, String value) {
    String key = Settings.canonical(name);
    String label = Label.of(key, Settings.node(key, value), value);
    return new Axis(name, Map.of(label, Map.of(key, value)));
  }

  /** Adds the axes of the publication that nothing was said about. */
  private static void publish(Map<String, Axis> said) {
    boolean other = said.containsKey("experiment") || said.containsKey("split_column");
    PUBLISHED.forEach(
        (name, labels) -> {
          boolean ofSplit = name.equals("size") || name.equals("task");
          if (!said.containsKey(name) && !(ofSplit && other)) {
            Map<String, Map<String, String>> values = new LinkedHashMap<>();
            labels.forEach(label -> values.put(label, Map.of(Settings.canonical(name), label)));
            said.put(name, new Axis(name, values));
          }
        });
  }

  private Axis axis(String name, JsonNode node) throws InputException {
    String at = "axes." + name;
    if (!name.matches(NAME)) {
      throw settings.refusal("an axis cannot be called '" + name + "': letters, digits, _ and .");
    }
    Map<String, Map<String, String>> values =
        node instanceof ObjectNode labelled ? labelled(name, labelled) : listed(name, node);
    if (values.isEmpty()) {
      throw settings.refusal(at + " has no values");
    }
    return new Axis(name.equals("loss.kind") ? "loss" : name, values);
  }

  private Map<String, Map<String, String>> listed(String name, JsonNode node)
      throws InputException {
    String at = "axes." + name;
    if (!settings.isKey(name)) {
      throw settings.refusal(
          "axes has no key '"
              + name
              + "'; "
              + Spelling.meant(name, settings.keys())
              + " An axis of its own takes labels, each with its settings");
    }
    String key = Settings.canonical(name);
    Map<String, Map<String, String>> values = new LinkedHashMap<>();
    for (JsonNode item : node.isArray() ? node : List.of(node)) {
      if (item.isObject()) {
        throw settings.refusal(at + ": settings need a label: write 'LABEL: " + item + "'");
      }
      String value = settings.value(at, key, item);
      String label = Label.of(key, item, value);
      if (values.put(label, Map.of(key, value)) != null) {
        throw settings.refusal(
            at + " has two values that are called " + label + ": give them labels, 'LABEL: value'");
      }
    }
    return values;
  }

  private Map<String, Map<String, String>> labelled(String name, ObjectNode node)
      throws InputException {
    Map<String, Map<String, String>> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String label = entry.getKey();
      String at = "axes." + name + "." + label;
      if (!Label.FORM.matcher(label).matches()) {
        throw settings.refusal(
            "axes."
                + name
                + ": a label takes up to 60 letters, digits and +._-, not '"
                + label
                + "'");
      }
      JsonNode value = entry.getValue();
      if (value instanceof ObjectNode bundle) {
        boolean byModel = name.equals("weights") && !bundle.isEmpty();
        ObjectNode told = byModel ? bundle.objectNode().set("weights", bundle) : bundle;
        values.put(label, settings.read(told, at, true));
      } else if (settings.isKey(name)) {
        String key = Settings.canonical(name);
        values.put(label, Map.of(key, settings.value(at, key, value)));
      } else {
        throw settings.refusal(
            at + " takes settings, such as {optimizer.rate: 1e-4}, not " + value);
      }
    }
    return values;
  }

  private Axis seeds(Axis own, JsonNode repeats, boolean published) throws InputException {
    if (own != null) {
      for (Map.Entry<String, Map<String, String>> value : own.values().entrySet()) {
        if (!value.getValue().equals(Map.of(SEED, value.getKey()))) {
          throw settings.refusal("axes.seed takes whole numbers, such as [1, 2, 3]");
        }
      }
    }
    if (own != null || common.containsKey(SEED)) {
      if (repeats != null) {
        throw settings.refusal("it says seed and repeats: leave one of them out");
      }
      return own != null ? own : seedAxis(List.of(common.remove(SEED)));
    }
    int count = published ? PUBLISHED_REPEATS : 1;
    if (repeats != null) {
      if (!repeats.isInt() || repeats.intValue() < 1 || repeats.intValue() > MOST_REPEATS) {
        throw settings.refusal(
            "repeats cannot be " + repeats + "; it is a number from 1 to " + MOST_REPEATS);
      }
      count = repeats.intValue();
    }
    return seedAxis(IntStream.rangeClosed(1, count).mapToObj(String::valueOf).toList());
  }

  private static Axis seedAxis(List<String> seeds) {
    Map<String, Map<String, String>> values = new LinkedHashMap<>();
    seeds.forEach(seed -> values.put(seed, Map.of(SEED, seed)));
    return new Axis(SEED, values);
  }

  /** Two axes that say the same would leave open which of them holds. */
  private void requireApart(Iterable<Axis> axes) throws InputException {
    Map<String, String> saidBy = new HashMap<>();
    for (Axis axis : axes) {
      for (Map<String, String> told : axis.values().values()) {
        for (String key : told.keySet()) {
          String other = saidBy.putIfAbsent(key, axis.name());
          if (other != null && !other.equals(axis.name())) {
            throw settings.refusal(
                "the axes " + other + " and " + axis.name() + " both say " + key);
          }
        }
      }
    }
  }
}
