package dev.instar.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The keys of a recipe's tree: laying one tree over another, and what was meant by a wrong one. */
final class RecipeKeys {
  /** Edits for each letter of the last word: what is further off was not meant. */
  private static final double FARTHEST = 0.4;

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
            Fault.CORRUPT, source + ": a recipe has no key '" + leaf + "'; " + meant(leaf, known));
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

  /** Up to three keys that are close to a wrong one, or all groups. */
  private static String meant(String wrong, List<String> known) {
    String last = last(wrong);
    List<String> close =
        known.stream()
            .filter(key -> distance(wrong, key, last) <= FARTHEST * last.length())
            .sorted(Comparator.comparingInt(key -> distance(wrong, key, last)))
            .limit(3)
            .toList();
    if (close.isEmpty()) {
      return "there are "
          + known.stream()
              .map(key -> key.contains(".") ? key.substring(0, key.indexOf('.')) + ".*" : key)
              .distinct()
              .collect(Collectors.joining(", "));
    }
    return "did you mean " + String.join(" or ", close) + "?";
  }

  /** How far a wrong key is from a known one: by its whole, or by the word after the last dot. */
  private static int distance(String wrong, String key, String last) {
    return Math.min(
        edits(wrong.toLowerCase(Locale.ROOT), key),
        edits(last.toLowerCase(Locale.ROOT), last(key)) + (wrong.contains(".") ? 1 : 0));
  }

  private static String last(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }

  /** The least number of letters to insert, delete or replace (Levenshtein 1966). */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
