package dev.instar.publish;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The folder of each class: its name as a word, no two the same, whatever the letters' case. */
final class ClassFolders {
  /** Where records go whose class is not known. */
  static final String UNKNOWN = "not_classified";

  private final List<String> folders = new ArrayList<>();

  ClassFolders(List<String> classes) {
    Set<String> taken = new HashSet<>();
    taken.add(UNKNOWN);
    for (String name : classes) {
      String word = SafeText.word(name);
      String folder = word;
      for (int n = 2; !taken.add(folder.toLowerCase(Locale.ROOT)); n++) {
        folder = word + "-" + n;
      }
      folders.add(folder);
    }
  }

  /** The folder of a class. */
  String of(int number) {
    return number == ClassLabels.NONE ? UNKNOWN : folders.get(number);
  }
}
