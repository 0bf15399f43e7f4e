package dev.instar.synth;

/**
 * Made-up COI barcodes: kinds of one order differ in about one base of seven, specimens of one kind
 * in about one of two hundred.
 */
final class Barcodes {
  /** Bases of the barcode region of COI. */
  static final int LENGTH = 658;

  private final long seed;

  Barcodes(long seed) {
    this.seed = seed;
  }

  /** The barcode of specimen {@code index}, of {@code A}, {@code C}, {@code G} and {@code T}. */
  String of(Lineage lineage, int index) {
    char[] bases = new char[LENGTH];
    Dice ancestor = new Dice(seed, 0xC01);
    for (int i = 0; i < LENGTH; i++) {
      bases[i] = base(ancestor);
    }
    long order = lineage.order().hashCode();
    mutate(bases, 0.10, new Dice(seed, 0xC01, order));
    mutate(bases, 0.07, new Dice(seed, 0xC01, order, lineage.familyNumber()));
    mutate(bases, 0.08, new Dice(seed, 0xC01, order, lineage.familyNumber(), lineage.kind()));
    mutate(
        bases, 0.003, new Dice(seed, 0xC01, order, lineage.familyNumber(), lineage.kind(), index));
    return new String(bases);
  }

  private static void mutate(char[] bases, double rate, Dice dice) {
    for (int i = 0; i < bases.length; i++) {
      // The third base of a codon is nearly free to change, the others rarely do.
      if (dice.chance(i % 3 == 2 ? rate * 2.4 : rate * 0.3)) {
        bases[i] = base(dice);
      }
    }
  }

  /** Insect mitochondria are about two thirds A and T. */
  private static char base(Dice dice) {
    double at = dice.unit();
    return at < 0.30 ? 'A' : at < 0.68 ? 'T' : at < 0.84 ? 'C' : 'G';
  }
}
