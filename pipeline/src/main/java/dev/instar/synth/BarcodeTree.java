package dev.instar.synth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Made-up barcodes along a tree: each order, family, genus, species, BIN and specimen differs from
 * what it comes from in some bases. Species of a genus differ in about one base of ten, BINs of a
 * species in one of thirty, specimens of a BIN in one of two hundred. Safe for any number of
 * threads.
 */
final class BarcodeTree {
  private static final double ORDER = 0.10;
  private static final double FAMILY = 0.07;
  private static final double GENUS = 0.05;
  private static final double SPECIES = 0.06;
  private static final double BIN = 0.02;
  private static final double SPECIMEN = 0.003;

  private final long seed;
  private final char[] ancestor;
  private final List<AtomicReferenceArray<char[]>> species = new ArrayList<>();

  BarcodeTree(long seed, Census census) {
    this.seed = seed;
    ancestor = new Barcodes(seed).ancestor();
    for (Taxon taxon : census.taxa()) {
      species.add(new AtomicReferenceArray<>(taxon.species()));
    }
  }

  /** The barcode of the record {@code index}, which is of {@code bin}. */
  String of(Taxon taxon, int speciesNumber, int bin, int index) {
    AtomicReferenceArray<char[]> known = species.get(taxon.number());
    char[] parent = known.get(speciesNumber);
    if (parent == null) {
      // Another thread may make it too: it is the same.
      parent = speciesOf(taxon, speciesNumber);
      known.set(speciesNumber, parent);
    }
    char[] bases = Arrays.copyOf(parent, parent.length);
    Barcodes.mutate(bases, BIN, new Dice(seed, 0xB1, bin));
    Barcodes.mutate(bases, SPECIMEN, new Dice(seed, 0xB2, index));
    return new String(bases);
  }

  private char[] speciesOf(Taxon taxon, int number) {
    char[] bases = Arrays.copyOf(ancestor, ancestor.length);
    long family = taxon.number();
    int genus = number % taxon.genera();
    Barcodes.mutate(bases, ORDER, new Dice(seed, 0xB3, taxon.order().hashCode()));
    Barcodes.mutate(bases, FAMILY, new Dice(seed, 0xB4, family));
    Barcodes.mutate(bases, GENUS, new Dice(seed, 0xB5, family, genus));
    Barcodes.mutate(bases, SPECIES, new Dice(seed, 0xB6, family, number));
    return bases;
  }
}
