package dev.instar.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.model.Architecture;
import dev.instar.model.Models;
import dev.instar.split.Experiment;
import dev.instar.train.Recipe;
import dev.instar.train.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What cells can be told, as a plan's file says it: keys of recipes, and {@link #OWN} keys. Keys
 * come out with dots, files as absolute paths, values of recipes as YAML.
 */
final class Settings {
  /** The value of {@code weights} that stands for random ones. */
  static final String NONE = "none";

  /** What a cell is told beside its recipe. */
  static final List<String> OWN =
      List.of(
          "experiment",
          "size",
          "task",
          "split_column",
          "target",
          "model",
          "recipe",
          "weights",
          "seed");

  private static final Map<String, String> SHORT =
      Map.of("loss", "loss.kind", "sampler", "sampling");

  /** Before the name of a model: the weights of that model. */
  static final String WEIGHTS_OF = "weights.";

  private static final List<String> TASKS = List.of("insect_order", "diptera_family");

  private static final List<String> SIZES =
      Arrays.stream(Experiment.Extent.values())
          .map(extent -> extent.name().toLowerCase(Locale.ROOT))
          .toList();

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Path file;
  private final Set<String> recipeKeys;

  /**
   * @param file that says them: paths are relative to it, messages begin with it
   */
  Settings(Path file) throws IOException {
    this.file = file;
    recipeKeys = Recipe.FORM.keys();
  }

  /** Whether a key is none of a recipe. */
  static boolean isOwn(String key) {
    return OWN.contains(key) || key.startsWith(WEIGHTS_OF);
  }

  /** The key that one with a short name stands for, or the key itself. */
  static String canonical(String key) {
    return SHORT.getOrDefault(key, key);
  }

  /** Whether a value of it is a setting: otherwise its values need labels. */
  boolean isKey(String name) {
    return OWN.contains(name) || recipeKeys.contains(canonical(name));
  }

  /** Whether it is a group of a recipe's keys. */
  boolean isGroup(String name) {
    return recipeKeys.stream().anyMatch(key -> key.startsWith(name + "."));
  }

  /** Keys that stand for all cells at the top of a file. */
  static List<String> topKeys() {
    List<String> keys = new ArrayList<>(OWN);
    keys.addAll(SHORT.keySet().stream().sorted().toList());
    return keys;
  }

  /** Every key, as {@link #canonical} leaves it or shorter. */
  List<String> keys() {
    List<String> keys = topKeys();
    keys.addAll(recipeKeys);
    return keys;
  }

  /**
   * The settings of a tree, keys nested or with dots.
   *
   * @param at where the tree stands in the file, for messages
   * @param own whether {@link #OWN} keys may stand there
   */
  Map<String, String> read(ObjectNode tree, String at, boolean own) throws InputException {
    Map<String, String> settings = new LinkedHashMap<>();
    read(tree, "", at, own, settings);
    return settings;
  }

  private void read(
      ObjectNode tree, String prefix, String at, boolean own, Map<String, String> settings)
      throws InputException {
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      String key = prefix + entry.getKey();
      JsonNode value = entry.getValue();
      if (value instanceof ObjectNode group) {
        if (!(own && key.equals("weights")) && !isGroup(key)) {
          throw unknown(at, key, own);
        }
        read(group, key + ".", at, own, settings);
      } else {
        String known = known(at, key, own);
        if (settings.put(known, value(below(at, key), known, value)) != null) {
          throw refusal(at + " says " + known + " twice");
        }
      }
    }
  }

  private static String below(String at, String key) {
    return at.isEmpty() ? key : at + "." + key;
  }

  private String known(String at, String key, boolean own) throws InputException {
    String known = canonical(key);
    if (own && key.startsWith(WEIGHTS_OF)) {
      return WEIGHTS_OF + model(below(at, key), key.substring(WEIGHTS_OF.length()));
    }
    if (recipeKeys.contains(known) || own && OWN.contains(known)) {
      return known;
    }
    throw unknown(at, key, own);
  }

  private InputException unknown(String at, String key, boolean own) {
    return refusal(
        at
            + ": a recipe has no key '"
            + key
            + "'; "
            + Spelling.meant(key, own ? keys() : recipeKeys));
  }

  /**
   * A value as a cell is told it.
   *
   * @param at where it stands, for messages
   * @param key that {@link #canonical} gave
   */
  String value(String at, String key, JsonNode node) throws InputException {
    if (node.isNull()) {
      throw refusal(at + " has no value");
    }
    if (recipeKeys.contains(key)) {
      boolean alias = key.equals("sampling") && node.asText().equals("balanced");
      return alias ? "class_balanced" : yaml(node);
    }
    String text = node.asText();
    if (!node.isValueNode() || text.isBlank()) {
      throw refusal(at + " takes one word, not " + node);
    }
    if (key.startsWith(WEIGHTS_OF)) {
      return weights(at, text);
    }
    return switch (key) {
      case "recipe" -> recipe(at, text);
      case "model" -> model(at, text);
      case "weights" -> weights(at, text);
      case "seed" -> seed(at, text);
      case "size" -> oneOf(at, text, SIZES);
      case "task" -> oneOf(at, text, TASKS);
      case "experiment" ->
          oneOf(at, text, Arrays.stream(Experiment.values()).map(Experiment::label).toList());
      default -> text;
    };
  }

  private String oneOf(String at, String text, List<String> words) throws InputException {
    if (!words.contains(text)) {
      throw refusal(at + " cannot be '" + text + "'; it is one of " + String.join(", ", words));
    }
    return text;
  }

  private String seed(String at, String text) throws InputException {
    if (!text.matches("[0-9]{1,18}")) {
      throw refusal(at + " cannot be '" + text + "'; it is a whole number from 0 on");
    }
    return String.valueOf(Long.parseLong(text));
  }

  private String recipe(String at, String text) throws InputException {
    if (Recipe.FORM.names().contains(text)) {
      return text;
    }
    Path path = resolve(at, text);
    if (!Files.isRegularFile(path)) {
      throw refusal(
          String.format(
              "%s: no recipe '%s': there are %s, or name a file",
              at, text, String.join(" and ", Recipe.FORM.names())));
    }
    return path.toString();
  }

  private String model(String at, String text) throws InputException {
    List<String> names = Models.all().stream().map(Architecture::name).toList();
    if (names.contains(text)) {
      return text;
    }
    Path path = resolve(at, text);
    if (!Files.isRegularFile(path)) {
      throw refusal(
          at + ": no model and no TorchScript file '" + text + "'; " + Spelling.meant(text, names));
    }
    return path.toString();
  }

  private String weights(String at, String text) throws InputException {
    if (text.equals(NONE)) {
      return text;
    }
    Path path = resolve(at, text);
    if (!Files.isRegularFile(path)) {
      throw refusal(at + ": no file of weights '" + text + "'");
    }
    return path.toString();
  }

  /** A path of the file, absolute. */
  Path resolve(String at, String text) throws InputException {
    try {
      return file.toAbsolutePath().resolveSibling(text).normalize();
    } catch (InvalidPathException e) {
      throw refusal(at + " is no path: " + e.getReason());
    }
  }

  InputException refusal(String sentence) {
    return new InputException(Fault.CORRUPT, file + ": " + sentence);
  }

  /** The node as YAML on one line. */
  static String yaml(JsonNode node) {
    if (!node.isTextual()) {
      return node.toString();
    }
    String text = node.textValue();
    return node(text).equals(node) ? text : node.toString();
  }

  /** What {@link #yaml} wrote; text that is not YAML stands for itself. */
  static JsonNode node(String yaml) {
    try {
      JsonNode node = YAML.readTree(yaml);
      return node == null || node.isMissingNode() ? new TextNode(yaml) : node;
    } catch (JsonProcessingException e) {
      return new TextNode(yaml);
    }
  }

  /** A value as YAML would have it in a plan's file. */
  static JsonNode node(String key, String value) {
    return isOwn(key) ? new TextNode(value) : node(value);
  }
}
