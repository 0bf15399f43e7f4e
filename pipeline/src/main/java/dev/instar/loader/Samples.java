package dev.instar.loader;

import dev.instar.pack.ImageSource;

/** Records of a source, with their labels. Immutable; the source stays its opener's to close. */
public final class Samples {
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

  /** Records by their numbers in the source, and the number of each one's class, from 0. */
  public static Samples of(ImageSource source, int[] records, int[] labels, int classes) {
    return new Samples(source, records.clone(), labels.clone(), classes);
  }

  /** All records of a source, of no known class. */
  public static Samples unlabelled(ImageSource source) {
    throw new UnsupportedOperationException();
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

  /** The class of the sample {@code index}; -1 where it is not known. */
  public int label(int index) {
    return labels[index];
  }
}
