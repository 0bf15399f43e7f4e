package dev.instar.loader;

import dev.instar.pack.ImageSource;
import java.util.Arrays;
import java.util.Objects;

/** Records of a source, with their labels. Immutable; the source stays its opener's to close. */
public final class Samples {
  /** The label of a sample whose class is not known. */
  public static final int UNKNOWN = -1;

  private final ImageSource source;
  private final int[] records;
  private final int[] labels;
  private final int classes;

  private Samples(ImageSource source, int[] records, int[] labels, int classes) {
    this.source = source;
    this.records = records;
    this.labels = labels;
    this.classes = classes;
  }

  /**
   * Records by their numbers in the source, and the number of each one's class, from 0, or {@link
   * #UNKNOWN}.
   */
  public static Samples of(ImageSource source, int[] records, int[] labels, int classes) {
    if (records.length != labels.length) {
      throw new IllegalArgumentException(
          records.length + " records and " + labels.length + " labels");
    }
    for (int i = 0; i < records.length; i++) {
      Objects.checkIndex(records[i], source.size());
      if (labels[i] < UNKNOWN || labels[i] >= classes) {
        throw new IllegalArgumentException("class " + labels[i] + " of " + classes);
      }
    }
    return new Samples(source, records.clone(), labels.clone(), classes);
  }

  /** All records of a source, of no known class. */
  public static Samples unlabelled(ImageSource source) {
    int[] records = new int[source.size()];
    int[] labels = new int[records.length];
    Arrays.setAll(records, i -> i);
    Arrays.fill(labels, UNKNOWN);
    return new Samples(source, records, labels, 0);
  }

  public ImageSource source() {
    return source;
  }

  public int size() {
    return records.length;
  }

  /** The number of classes; 0 where labels are not known. */
  public int classes() {
    return classes;
  }

  /** The number in its source of the sample {@code index}. */
  public int record(int index) {
    return records[index];
  }

  /** The class of the sample {@code index}; {@link #UNKNOWN} where it is not known. */
  public int label(int index) {
    return labels[index];
  }
}
