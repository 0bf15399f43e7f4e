package dev.instar.evaluate;

import dev.instar.loader.ClassName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The classes that are possible where pictures come from: a list of what lives there, say.
 *
 * @param classes their numbers, in ascending order
 * @param unknown names that are of no class, and of no taxon that holds one
 */
public record Subset(List<Integer> classes, List<String> unknown) {
  public Subset {
    classes = List.copyOf(classes);
    unknown = List.copyOf(unknown);
  }

  /** All classes. */
  public static Subset all(List<ClassName> classes) {
    return new Subset(IntStream.range(0, classes.size()).boxed().toList(), List.of());
  }

  /**
   * The classes with these names, and those of taxa with these names: {@code Diptera} stands for
   * all of its families.
   */
  public static Subset named(Collection<String> names, List<ClassName> classes) {
    boolean[] chosen = new boolean[classes.size()];
    List<String> unknown = new ArrayList<>();
    for (String name : names) {
      boolean found = false;
      for (int c = 0; c < chosen.length; c++) {
        ClassName candidate = classes.get(c);
        if (candidate.name().equals(name) || candidate.lineage().containsValue(name)) {
          chosen[c] = true;
          found = true;
        }
      }
      if (!found) {
        unknown.add(name);
      }
    }
    return new Subset(
        IntStream.range(0, chosen.length).filter(c -> chosen[c]).boxed().toList(), unknown);
  }
}
