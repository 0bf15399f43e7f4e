package dev.instar.publish;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a publication holds, by split and class, records that were refused left out.
 *
 * @param splits in their order
 * @param column of the classes, if there is one
 * @param classes by their numbers, those without a record left out
 * @param unlabelled records whose class is not known
 */
record Contents(
    List<SplitCount> splits, Optional<String> column, List<ClassCount> classes, long unlabelled) {
  /** A class and its records in each split. */
  record ClassCount(int number, String name, long[] records) {
    long total() {
      long total = 0;
      for (long count : records) {
        total += count;
      }
      return total;
    }
  }

  static Contents of(Plan plan, List<Shard> shards) {
    Set<Integer> refused = new HashSet<>();
    shards.forEach(shard -> shard.refused().forEach(refusal -> refused.add(refusal.row())));
    List<String> names = plan.label().map(ClassLabels::names).orElse(List.of());
    long[][] counts = new long[names.size()][plan.splits().size()];
    List<SplitCount> splits = new ArrayList<>();
    long unlabelled = 0;
    for (int s = 0; s < plan.splits().size(); s++) {
      long records = 0;
      for (int row : plan.splits().get(s).rows()) {
        if (refused.contains(row)) {
          continue;
        }
        records++;
        int number = plan.label().map(labels -> labels.of(row)).orElse(ClassLabels.NONE);
        if (number == ClassLabels.NONE) {
          unlabelled++;
        } else {
          counts[number][s]++;
        }
      }
      splits.add(new SplitCount(plan.splits().get(s).name(), records));
    }
    List<ClassCount> classes = new ArrayList<>();
    for (int number = 0; number < names.size(); number++) {
      ClassCount count = new ClassCount(number, names.get(number), counts[number]);
      if (count.total() > 0) {
        classes.add(count);
      }
    }
    return new Contents(
        List.copyOf(splits), plan.label().map(ClassLabels::column), classes, unlabelled);
  }

  long records() {
    return splits.stream().mapToLong(SplitCount::records).sum();
  }
}
