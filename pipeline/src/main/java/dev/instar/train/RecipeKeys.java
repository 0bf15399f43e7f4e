package dev.instar.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The keys of a recipe's tree: laying one tree over another, and what was meant by a wrong one. */
final class RecipeKeys {
  private RecipeKeys() {}

  /**
   * Lays {@code own} over {@code tree}, which has every key that there is.
   *
   * @param source of {@code own}, for messages
   * @throws InputException if a key of {@code own} is none of {@code tree}
   */
  static void merge(ObjectNode tree, ObjectNode own, String source) throws InputException {
    Map<String, String> known = new LinkedHashMap<>();
    flatten(tree, "", known);
    merge(tree, own, "", source, List.copyOf(known.keySet()));
  }

  private static void merge(
      ObjectNode tree, ObjectNode own, String prefix, String source, List<String> known)
      throws InputException {
    for (Map.Entry<String, JsonNode> entry : own.properties()) {
      String key = prefix + entry.getKey();
      JsonNode old = tree.get(entry.getKey());
      JsonNode value = entry.getValue();
      if (old == null || value.isObject() && !old.isObject()) {
        String leaf = value.isObject() && !value.isEmpty() ? key + "." + firstKey(value) : key;
        throw new InputException(
            Fault.CORRUPT,
            source + ": a recipe has no key '" + leaf + "'; " + Spelling.meant(leaf, known));
      }
      if (old instanceof ObjectNode below) {
        if (!(value instanceof ObjectNode group)) {
          throw new InputException(
              Fault.CORRUPT,
              source
                  + ": "
                  + key
                  + " is a group of keys; there are "
                  + known.stream()
                      .filter(other -> other.startsWith(key + "."))
                      .collect(Collectors.joining(", ")));
        }
        merge(below, group, key + ".", source, known);
      } else {
        tree.set(entry.getKey(), value);
      }
    }
  }

  /** Adds every leaf of {@code tree} to {@code flat}, its keys joined with dots. */
  static void flatten(JsonNode tree, String prefix, Map<String, String> flat) {
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      String key = prefix + entry.getKey();
      if (entry.getValue().isObject()) {
        flatten(entry.getValue(), key + ".", flat);
      } else {
        flat.put(
            key,
            entry.getValue().isTextual()
                ? entry.getValue().textValue()
                : entry.getValue().toString());
      }
    }
  }

  private static String firstKey(JsonNode group) {
    return group.fieldNames().next();
  }
}
