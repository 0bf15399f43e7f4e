package dev.instar.hdf5;

/**
 * A run of elements of a one-dimensional virtual dataset: {@code length} elements of another
 * dataset from {@code start} on.
 *
 * @param file the other file's name as stored; {@code .} is the file of the virtual dataset itself
 * @param dataset the path of the dataset there
 * @param start the first element taken
 * @param length how many are taken, at least 1
 */
public record VirtualPart(String file, String dataset, long start, long length) {
  public VirtualPart {
    if (start < 0 || length < 1) {
      throw new IllegalArgumentException("a part of " + length + " elements from " + start);
    }
  }
}
