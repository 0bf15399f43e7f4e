package dev.instar.taxonomy;

/**
 * The barcode column without its text: length, ambiguity and a hash for each row. Immutable.
 *
 * <p>A barcode is upper-case IUPAC nucleotide codes and gaps; {@code A C G T} are certain, the
 * other letters are ambiguous.
 */
public final class Barcodes {
  private final String name;
  private final int[] lengths;
  private final int[] ambiguous;
  private final int[] foreign;
  private final long[] hashes;

  Barcodes(String name, int[] lengths, int[] ambiguous, int[] foreign, long[] hashes) {
    this.name = name;
    this.lengths = lengths;
    this.ambiguous = ambiguous;
    this.foreign = foreign;
    this.hashes = hashes;
  }

  /** The column's name in the file. */
  public String name() {
    return name;
  }

  /** The number of rows. */
  public int rows() {
    return lengths.length;
  }

  /**
   * The length of a row's barcode in characters, gaps and padding included; 0 where it is missing.
   */
  public int length(int row) {
    return lengths[row];
  }

  /** The number of a row's bases that are neither A, C, G, T nor a gap. */
  public int ambiguous(int row) {
    return ambiguous[row];
  }

  /** The number of a row's characters that stand for no nucleotide and no gap. */
  public int foreign(int row) {
    return foreign[row];
  }

  /**
   * A 64-bit hash of a row's barcode without its trailing padding of {@code N} and gaps, so that
   * padded copies are equal; 0 where it is missing. Two different barcodes of 1.1 million collide
   * with a probability of 4e-8.
   */
  public long hash(int row) {
    return hashes[row];
  }
}
