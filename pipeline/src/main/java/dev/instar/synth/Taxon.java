package dev.instar.synth;

/**
 * The made-up records of one family, or those of an order that have none.
 *
 * @param number of the taxon in its census
 * @param order its order
 * @param family its family, or {@link Lineage#NOT_CLASSIFIED}
 * @param records how many there are, at least 1
 */
record Taxon(int number, String order, String family, int records) {
  // Of BIOSCAN-1M's 1,128,313 records: the BINs, species and genera that occur.
  private static final double BINS_PER_RECORD = 90_918.0 / Census.PUBLISHED;
  private static final double SPECIES_PER_RECORD = 8_355.0 / Census.PUBLISHED;
  private static final double GENERA_PER_RECORD = 3_441.0 / Census.PUBLISHED;

  boolean hasFamily() {
    return !family.equals(Lineage.NOT_CLASSIFIED);
  }

  int bins() {
    return some(BINS_PER_RECORD);
  }

  int species() {
    return some(SPECIES_PER_RECORD);
  }

  int genera() {
    return some(GENERA_PER_RECORD);
  }

  private int some(double perRecord) {
    return (int) Math.max(1, Math.round(records * perRecord));
  }

  /** How many records each BIN has: a few are common, most are rare, none is empty. */
  int[] binSizes() {
    double[] weights = new double[bins()];
    for (int bin = 0; bin < weights.length; bin++) {
      weights[bin] = 1.0 / (bin + 2);
    }
    int[] sizes = Apportionment.of(records - weights.length, weights);
    for (int bin = 0; bin < sizes.length; bin++) {
      sizes[bin]++;
    }
    return sizes;
  }
}
