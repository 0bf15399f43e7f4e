package dev.instar.sweep;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.split.Subset;
import dev.instar.taxonomy.Category;
import dev.instar.taxonomy.Header;
import dev.instar.taxonomy.MetadataTable;
import dev.instar.taxonomy.Rank;
import dev.instar.taxonomy.TableReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How many rows of a table an experiment has. A pack may lack the pictures of some.
 *
 * @param train rows that are learnt from, their class being known
 * @param validation rows of a class that has rows to learn from
 * @param test rows of a class that has rows to learn from
 * @param classes that have rows to learn from
 */
public record SplitSizes(int train, int validation, int test, int classes) {
  /** What an experiment is in a table. */
  record Columns(String split, String target) {
    static Columns of(Cell cell) {
      return new Columns(cell.splitColumn(), cell.target());
    }
  }

  /**
   * The sizes of experiments, by one reading of the table.
   *
   * @throws InputException if a split column says something else, or there is nothing to learn
   * @throws dev.instar.taxonomy.MetadataException if a column is not there
   */
  static Map<Columns, SplitSizes> read(Path metadata, Collection<Columns> wanted)
      throws IOException {
    Header header = TableReader.header(metadata);
    TableReader reader =
        TableReader.of(metadata).threads(Runtime.getRuntime().availableProcessors());
    Set<String> names = new LinkedHashSet<>();
    for (Columns each : wanted) {
      names.add(each.split);
      names.add(target(header, each.target));
    }
    MetadataTable table = reader.categories(names.toArray(String[]::new)).read();
    Map<Columns, SplitSizes> sizes = new LinkedHashMap<>();
    for (Columns each : wanted) {
      Category target = table.category(target(header, each.target));
      sizes.put(each, count(metadata, table.category(each.split), target));
    }
    return sizes;
  }

  /** The column of that name, or that of the rank of that name. */
  private static String target(Header header, String target) throws IOException {
    if (header.find(target).isEmpty()) {
      for (Rank rank : Rank.values()) {
        Optional<String> own = header.nameOf(rank.field());
        if (rank.label().equalsIgnoreCase(target) && own.isPresent()) {
          return own.get();
        }
      }
    }
    return target;
  }

  private static SplitSizes count(Path metadata, Category split, Category target)
      throws InputException {
    Subset[] subsets = new Subset[split.size()];
    for (int code = 0; code < subsets.length; code++) {
      String label = split.label(code);
      subsets[code] =
          Subset.ofLabel(label)
              .orElseThrow(
                  () ->
                      refusal(
                          "%s: column %s says '%s' where train, validation, test or no_split is"
                              + " known; is it a split?",
                          metadata, split.name(), label));
    }
    int[][] rows = new int[target.size()][Subset.values().length];
    for (int row = 0; row < split.rows(); row++) {
      if (split.code(row) != Category.MISSING && target.code(row) != Category.MISSING) {
        rows[target.code(row)][subsets[split.code(row)].ordinal()]++;
      }
    }
    EnumMap<Subset, Integer> sums = new EnumMap<>(Subset.class);
    int classes = 0;
    for (int[] ofClass : rows) {
      if (ofClass[Subset.TRAIN.ordinal()] > 0) {
        classes++;
        Subset.USED.forEach(each -> sums.merge(each, ofClass[each.ordinal()], Integer::sum));
      }
    }
    if (classes < 2) {
      throw refusal(
          "%s: the rows that %s calls train are of %d classes of %s: a network needs two to tell"
              + " apart",
          metadata, split.name(), classes, target.name());
    }
    if (sums.get(Subset.VALIDATION) == 0) {
      throw refusal(
          "%s: %s has no rows for validation, and nothing would say which weights are best",
          metadata, split.name());
    }
    return new SplitSizes(
        sums.get(Subset.TRAIN), sums.get(Subset.VALIDATION), sums.get(Subset.TEST), classes);
  }

  private static InputException refusal(String form, Object... of) {
    return new InputException(Fault.UNSUPPORTED, String.format(form, of));
  }
}
