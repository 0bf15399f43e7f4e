package dev.instar.publish;

import dev.instar.pack.NameTable;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives each record a key of its own. WebDataset takes everything up to the first dot of a path as
 * the key (webdataset/tariterators.py, base_plus_ext), so a key has neither dots nor slashes. The
 * same names in the same order get the same keys. Not thread-safe.
 */
final class RecordKeys {
  private final NameTable keys = new NameTable();
  private final Map<String, Integer> repeats = new HashMap<>();

  /** Adds the next record and answers its key. */
  String add(String fileName) {
    String word = SafeText.word(SafeText.stem(fileName));
    if (keys.add(word) != NameTable.NONE) {
      return word;
    }
    String key;
    do {
      key = word + "-" + repeats.merge(word, 1, Integer::sum);
    } while (keys.add(key) == NameTable.NONE);
    return key;
  }

  /** The key of the record that was added as the {@code place}th, from 0. */
  String get(int place) {
    return keys.get(place);
  }
}
