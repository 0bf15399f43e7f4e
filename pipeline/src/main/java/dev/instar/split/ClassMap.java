package dev.instar.split;

import dev.instar.split.ClassCounts.Ties;
import java.util.Arrays;
import java.util.List;

/**
 * The numbers of an experiment's classes: by how many records of the training set they have, the
 * most frequent first; of equally frequent ones the one that the table mentions first.
 *
 * @param classes in the order of their numbers, from 0
 * @param train records of each in the training set
 * @param validation records of each in the validation set
 * @param test records of each in the test set
 */
public record ClassMap(
    List<String> classes, List<Integer> train, List<Integer> validation, List<Integer> test) {
  public ClassMap {
    classes = List.copyOf(classes);
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    test = List.copyOf(test);
  }

  /** The classes of the training set of {@code column}. */
  static ClassMap of(Labelling labelling, SplitColumn column) {
    ClassCounts ranking = ClassCounts.of(labelling, row -> column.of(row) == Subset.TRAIN);
    return of(labelling, column, ranking);
  }

  /** The classes that {@code ranking} counts, in its order. */
  static ClassMap of(Labelling labelling, SplitColumn column, ClassCounts ranking) {
    int[] order = ranking.descending(Ties.BY_APPEARANCE);
    return new ClassMap(
        Arrays.stream(order).mapToObj(labelling.names()::get).toList(),
        counts(labelling, column, Subset.TRAIN, order),
        counts(labelling, column, Subset.VALIDATION, order),
        counts(labelling, column, Subset.TEST, order));
  }

  private static List<Integer> counts(
      Labelling labelling, SplitColumn column, Subset subset, int[] order) {
    ClassCounts counts = ClassCounts.of(labelling, row -> column.of(row) == subset);
    return Arrays.stream(order).mapToObj(counts::count).toList();
  }
}
