package dev.instar.evaluate;

import dev.instar.loader.ClassName;
import dev.instar.loader.Samples;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Records whose class a model knows, with the model's numbers of classes: another table, or another
 * split of the same one, may number them otherwise.
 *
 * @param unknown how many were left out, whose class the model does not know
 */
public record KnownSamples(Samples samples, int unknown) {
  /**
   * Numbers {@code given} anew by the names of the classes.
   *
   * @param classes what the labels of {@code given} number
   * @param known the model's
   */
  public static KnownSamples of(Samples given, List<ClassName> classes, List<ClassName> known) {
    Map<String, Integer> numbers = new HashMap<>();
    for (int c = 0; c < known.size(); c++) {
      numbers.put(known.get(c).name(), c);
    }
    int[] records = new int[given.size()];
    int[] labels = new int[given.size()];
    int kept = 0;
    for (int i = 0; i < given.size(); i++) {
      Integer label = numbers.get(classes.get(given.label(i)).name());
      if (label != null) {
        records[kept] = given.record(i);
        labels[kept++] = label;
      }
    }
    Samples samples =
        Samples.of(
            given.source(),
            Arrays.copyOf(records, kept),
            Arrays.copyOf(labels, kept),
            known.size());
    return new KnownSamples(samples, given.size() - kept);
  }
}
