package dev.instar.loader;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.pack.ImageSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The records of an experiment: what a network learns from, is chosen by, and is tested with.
 *
 * @param classes by descending number of training rows, ties by first appearance among them: the
 *     number of a class is its place in this list, whether or not the source has its pictures
 * @param pictureless rows of the experiment whose picture the source lacks
 * @param unknownClass rows of the experiment whose class is not known, or has no training row; they
 *     are left out
 */
public record LabelledSplit(
    List<ClassName> classes,
    Samples train,
    Samples validation,
    Samples test,
    int pictureless,
    int unknownClass) {
  public LabelledSplit {
    classes = List.copyOf(classes);
  }

  /**
   * Reads a table and finds each row's picture by its file name.
   *
   * <p>What the table writes for nothing, {@code not_classified} among it, is never a class; the
   * reference keeps that one as an order.
   *
   * @param splitColumn says train, validation, test or no_split; those of the published experiments
   *     are named like them
   * @param targetColumn holds the name of the class: {@code order}, {@code family}, or any other
   * @throws dev.instar.taxonomy.MetadataException if the table cannot be read or lacks a column
   * @throws InputException if the split column says something else, or no row has a class and a
   *     picture
   */
  public static LabelledSplit read(
      Path metadata, String splitColumn, String targetColumn, ImageSource source)
      throws IOException {
    LabelledRows rows = LabelledRows.read(metadata, splitColumn, targetColumn);
    LabelledSplit split = rows.find(source);
    if (split.train.size() + split.validation.size() + split.test.size() == 0) {
      throw new InputException(
          Fault.UNREADABLE,
          metadata
              + " has "
              + rows.used()
              + " rows in "
              + splitColumn
              + ", and none has both a class in "
              + targetColumn
              + " and a picture in the collection ("
              + split.pictureless
              + " without a picture, "
              + split.unknownClass
              + " without a class"
              + rows.example(split.pictureless)
              + "); are the table and the pictures of the same collection?");
    }
    return split;
  }
}
