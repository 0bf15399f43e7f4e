package dev.instar.train;

import dev.instar.model.WeightLoading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a person reads of weights that a network begins with. */
public final class WeightReport {
  private static final int MOST_NAMES = 6;

  private WeightReport() {}

  /**
   * Lines, one of them for everything that was not simply taken over.
   *
   * @throws IllegalArgumentException if nothing fits: such a file was not meant
   */
  public static List<String> of(Path file, WeightLoading loading) {
    if (loading.loaded().isEmpty()) {
      throw new IllegalArgumentException(
          file + " has no weights that fit this model; 'instar models' says which files do");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT, "%s: %,d tensors taken", file.getFileName(), loading.loaded().size()));
    add(lines, "of another number of classes, begun afresh", loading.replacedHead());
    add(lines, "interpolated to another size", loading.interpolated());
    add(lines, "not in the file, begun afresh", loading.missing());
    add(lines, "of another shape, begun afresh", loading.mismatched());
    add(lines, "in the file, but not in the model", loading.unexpected());
    return lines;
  }

  private static void add(List<String> lines, String what, List<String> names) {
    if (names.isEmpty()) {
      return;
    }
    int more = names.size() - Math.min(MOST_NAMES, names.size());
    lines.add(
        "  "
            + what
            + ": "
            + String.join(", ", names.subList(0, names.size() - more))
            + (more > 0 ? " and " + more + " more" : ""));
  }
}
