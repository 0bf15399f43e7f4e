package dev.instar.taxonomy;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How records are spread over classes; classes without a record do not count.
 *
 * @param classes the number of classes
 * @param records the number of records in them
 * @param min records of the smallest class
 * @param median records of the middle class, or the mean of the two in the middle
 * @param mean records per class
 * @param max records of the largest class
 * @param imbalance {@code max / min}
 * @param entropy Shannon's entropy of the classes' shares, in bits (Shannon 1948, theorem 2)
 * @param effective the effective number of classes, {@code 2^entropy}: as many equal classes have
 *     the same entropy (Hill 1973, the number N1)
 * @param singletons classes of one record
 */
public record Distribution(
    int classes,
    long records,
    long min,
    double median,
    double mean,
    long max,
    double imbalance,
    double entropy,
    double effective,
    int singletons) {
  private static final Distribution EMPTY = new Distribution(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** The spread of classes with these numbers of records. */
  public static Distribution of(IntStream records) {
    int[] sorted = records.filter(count -> count > 0).sorted().toArray();
    int classes = sorted.length;
    if (classes == 0) {
      return EMPTY;
    }
    long total = Arrays.stream(sorted).asLongStream().sum();
    double entropy = 0;
    int singletons = 0;
    for (int count : sorted) {
      double share = (double) count / total;
      entropy -= share * Math.log(share) / Math.log(2);
      singletons += count == 1 ? 1 : 0;
    }
    entropy = Math.max(0, entropy);
    int min = sorted[0];
    int max = sorted[classes - 1];
    return new Distribution(
        classes,
        total,
        min,
        (sorted[(classes - 1) / 2] + (double) sorted[classes / 2]) / 2,
        (double) total / classes,
        max,
        (double) max / min,
        entropy,
        Math.pow(2, entropy),
        singletons);
  }

  /** The spread of a column's values. */
  public static Distribution of(Category category) {
    return of(IntStream.range(0, category.size()).map(category::count));
  }
}
