package dev.instar.hdf5;

import java.util.List;

/**
 * Where the bytes of a dataset lie. Addresses are counted from the start of the operating system's
 * file, so that it can be mapped and read without this package.
 */
public sealed interface Storage {
  /** In one piece. */
  record Contiguous(long address, long length) implements Storage {}

  /** Inside the object header. */
  record Compact(long address, int length) implements Storage {}

  /**
   * In tiles.
   *
   * @param shape the sides of a tile in elements
   * @param chunks those that are stored, in no promised order; the others are zero
   * @param filters what undoes their compression, in the order it was applied; empty where the
   *     tiles lie as they are
   */
  record Chunked(List<Integer> shape, List<Chunk> chunks, List<Filter> filters)
      implements Storage {}

  /** As parts of other datasets. */
  record Virtual(List<VirtualPart> parts) implements Storage {}

  /** In other files, raw. They are never opened. */
  record External() implements Storage {}

  /** Nowhere: never written, or without elements. */
  record Unallocated() implements Storage {}

  /**
   * One stored tile.
   *
   * @param start its first element's indices
   * @param address where it lies
   * @param length the bytes it takes there
   * @param skippedFilters bit {@code i} is set where filter {@code i} was not applied to it
   */
  record Chunk(List<Long> start, long address, int length, int skippedFilters) {}

  /**
   * One step of compression.
   *
   * @param id the number it is registered under: 1 deflate, 2 shuffle, 3 Fletcher's checksum
   * @param parameters of its settings
   */
  record Filter(int id, List<Integer> parameters) {}
}
