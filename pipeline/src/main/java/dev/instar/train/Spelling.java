package dev.instar.train;

import dev.instar.taxonomy.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What somebody meant who wrote a word that is none of those that are known. */
public final class Spelling {
  /** Edits for each letter of the last word: what is further off was not meant. */
  private static final double FARTHEST = 0.4;

  private Spelling() {}

  /**
   * The end of a sentence that refuses a word: up to three that are close to it, as in {@code did
   * you mean optimizer.rate?}, or all that there are, keys with dots by their groups.
   */
  public static String meant(String wrong, Collection<String> known) {
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
        EditDistance.between(wrong.toLowerCase(Locale.ROOT), key),
        EditDistance.between(last.toLowerCase(Locale.ROOT), last(key))
            + (wrong.contains(".") ? 1 : 0));
  }

  private static String last(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
