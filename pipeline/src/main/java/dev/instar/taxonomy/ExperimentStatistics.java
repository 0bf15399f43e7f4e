package dev.instar.taxonomy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The classes of one experiment, split by split.
 *
 * @param column the experiment
 * @param splits its splits: train, validation and test first, then others as they appear in the
 *     file; {@code no_split} is none
 * @param classes its classes by falling number of records in the first split, then by first
 *     appearance, as the reference numbers them
 * @param unlabelled records in a split whose class is not known
 */
public record ExperimentStatistics(
    SplitColumn column, List<Split> splits, List<ClassOfExperiment> classes, long unlabelled) {

  /** One split and how its labelled records are spread. */
  public record Split(String name, long records, Distribution distribution) {}

  /** One class and its records in each split, in the order of the splits. */
  public record ClassOfExperiment(String label, List<Integer> records) {}

  private static final List<String> USUAL = List.of("train", "validation", "val", "test");

  public ExperimentStatistics {
    splits = List.copyOf(splits);
    classes = List.copyOf(classes);
  }

  /** The records of all splits. */
  public long records() {
    return splits.stream().mapToLong(Split::records).sum();
  }

  /** Counts an experiment of a table in which both of its columns were read. */
  public static ExperimentStatistics of(SplitColumn column, MetadataTable table) {
    Category split = table.category(column.column());
    Category label = table.category(column.label());
    int[][] counts = new int[split.size()][label.size()];
    int[] unlabelled = new int[split.size()];
    for (int row = 0; row < table.rows(); row++) {
      int s = split.code(row);
      int c = label.code(row);
      if (s != Category.MISSING && c != Category.MISSING) {
        counts[s][c]++;
      } else if (s != Category.MISSING) {
        unlabelled[s]++;
      }
    }
    int[] order = inOrder(split);
    List<Split> splits = new ArrayList<>();
    long withoutClass = 0;
    for (int s : order) {
      Distribution distribution = Distribution.of(IntStream.of(counts[s]));
      splits.add(new Split(split.label(s), distribution.records() + unlabelled[s], distribution));
      withoutClass += unlabelled[s];
    }
    return new ExperimentStatistics(column, splits, classes(label, counts, order), withoutClass);
  }

  private static int[] inOrder(Category split) {
    return IntStream.range(0, split.size())
        .filter(code -> !split.label(code).equals(SplitColumn.NO_SPLIT))
        .boxed()
        .sorted(Comparator.comparingInt(code -> place(split.label(code))))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int place(String split) {
    int usual = USUAL.indexOf(split);
    return usual < 0 ? USUAL.size() : usual;
  }

  private static List<ClassOfExperiment> classes(Category label, int[][] counts, int[] order) {
    List<ClassOfExperiment> classes = new ArrayList<>();
    for (int c = 0; c < label.size(); c++) {
      List<Integer> records = new ArrayList<>();
      for (int s : order) {
        records.add(counts[s][c]);
      }
      if (records.stream().anyMatch(count -> count > 0)) {
        classes.add(new ClassOfExperiment(label.label(c), List.copyOf(records)));
      }
    }
    classes.sort(Comparator.comparingInt(entry -> -entry.records.get(0)));
    return classes;
  }
}
