package dev.instar.publish;

import dev.instar.taxonomy.Category;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The numbers of a rank's classes. Those of the training set come first, by falling number of
 * records in it, of equally frequent ones the one that it shows first, as the reference numbers
 * them (bioscan_datasplit.py:361); the table's others follow in the order of their appearance.
 */
final class ClassLabels {
  /** The number of a row whose class is not known. */
  static final int NONE = -1;

  private final Category category;
  private final int[] numberOfCode;
  private final List<String> names;

  private ClassLabels(Category category, int[] numberOfCode, List<String> names) {
    this.category = category;
    this.numberOfCode = numberOfCode;
    this.names = List.copyOf(names);
  }

  /** Numbers the classes of a column; {@code training} says which rows are in the training set. */
  static ClassLabels of(Category category, IntPredicate training) {
    int[] counts = new int[category.size()];
    int[] first = new int[category.size()];
    Arrays.fill(first, Integer.MAX_VALUE);
    for (int row = 0; row < category.rows(); row++) {
      int code = category.code(row);
      if (code != Category.MISSING && training.test(row) && counts[code]++ == 0) {
        first[code] = row;
      }
    }
    Comparator<Integer> byCount = Comparator.comparing(code -> -counts[code]);
    List<Integer> order =
        IntStream.range(0, counts.length)
            .boxed()
            .sorted(byCount.thenComparing(code -> first[code]))
            .toList();
    int[] numberOfCode = new int[counts.length];
    List<String> names = new ArrayList<>();
    for (int code : order) {
      numberOfCode[code] = names.size();
      names.add(category.label(code));
    }
    return new ClassLabels(category, numberOfCode, names);
  }

  /** The column that holds the classes. */
  String column() {
    return category.name();
  }

  /** The classes by their numbers. */
  List<String> names() {
    return names;
  }

  /** The number of a row's class, or {@link #NONE}. */
  int of(int row) {
    int code = category.code(row);
    return code == Category.MISSING ? NONE : numberOfCode[code];
  }
}
