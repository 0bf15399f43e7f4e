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
    char[] bases = ancestor();
    long order = lineage.order().hashCode();
    mutate(bases, 0.10, new Dice(seed, 0xC01, order));
    mutate(bases, 0.07, new Dice(seed, 0xC01, order, lineage.familyNumber()));
    mutate(bases, 0.08, new Dice(seed, 0xC01, order, lineage.familyNumber(), lineage.kind()));
    mutate(
        bases, 0.003, new Dice(seed, 0xC01, order, lineage.familyNumber(), lineage.kind(), index));
    return new String(bases);
  }

  /** The barcode that all others come from. */
  char[] ancestor() {
    char[] bases = new char[LENGTH];
    Dice dice = new Dice(seed, 0xC01);
    for (int i = 0; i < LENGTH; i++) {
      bases[i] = base(dice);
    }
    return bases;
  }

  /** Draws about {@code rate} of the bases anew; goes from one that is drawn to the next. */
  static void mutate(char[] bases, double rate, Dice dice) {
    // The third base of a codon is nearly free to change, the others rarely do.
    double third = rate * 2.4;
    double others = 0.3 / 2.4;
    double stays = Math.log1p(-third);
    for (int i = -1; ; ) {
      // How many bases stay before one is considered is geometrically distributed.
      double skipped = Math.log1p(-dice.unit()) / stays;
      if (skipped >= bases.length - 1 - i) {
        return;
      }
      i += 1 + (int) skipped;
      if (i % 3 == 2 || dice.chance(others)) {
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
