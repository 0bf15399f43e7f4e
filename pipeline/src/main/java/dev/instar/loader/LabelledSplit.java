package dev.instar.loader;

import dev.instar.pack.ImageSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The records of an experiment: what a network learns from, is chosen by, and is tested with.
 *
 * @param classes by descending number of training records, ties by first appearance: the number of
 *     a class is its place in this list
 * @param pictureless rows of the table whose picture the source lacks
 * @param unknownClass rows of validation and test whose class has no training record; they are left
 *     out
 */
public record LabelledSplit(
    List<ClassName> classes,
    Samples train,
    Samples validation,
    Samples test,
    int pictureless,
    int unknownClass) {
  /**
   * Reads a table and finds each row's picture by its file name.
   *
   * @param splitColumn says train, validation, test or no_split; those of the published experiments
   *     are named like them
   * @param targetColumn holds the name of the class: {@code order}, {@code family}, or any other
   * @throws dev.instar.image.InputException if the table lacks a column, or no row has a picture
   */
  public static LabelledSplit read(
      Path metadata, String splitColumn, String targetColumn, ImageSource source)
      throws IOException {
    throw new UnsupportedOperationException();
  }
}
