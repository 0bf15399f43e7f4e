package dev.instar.synth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How many records each order, family and BIN of a made-up table has: the numbers of BIOSCAN-1M, or
 * the same proportions in a smaller or larger one. Records have places, from 0: those of one BIN,
 * of one family and of all families follow each other. Immutable.
 */
final class Census {
  /** Records of BIOSCAN-1M. */
  static final int PUBLISHED = 1_128_313;

  /** The five records that its 16 orders do not account for: orders that no split can use. */
  private static final List<Fauna.Branch> RAREST =
      List.of(
          new Fauna.Branch("Odonata", 2, List.of()),
          new Fauna.Branch("Strepsiptera", 2, List.of()),
          new Fauna.Branch("Zoraptera", 1, List.of()));

  // 15,345 records have no family: of the 4,986 flies outside the 40 families about half, the rest
  // among the 231,989 others.
  private static final double UNNAMED_OTHER_FLIES = 0.53;
  private static final double UNNAMED_OTHERS = 12_700.0 / 231_989;
  // Families that are neither among the 40 nor in the early sample, so that there are about 491.
  private static final double INVENTED_PER_ROOT = 0.27;
  private static final int INVENTED_FLIES = 60;
  private static final double INVENTED_SHARE = 0.25;

  private final List<Taxon> taxa;
  private final int[] taxonStarts;
  private final int[] binStarts;
  private final int[] binTaxa;
  private final int named;

  /** The census of {@code records} records. */
  Census(int records) {
    taxa = taxa(records);
    taxonStarts = new int[taxa.size()];
    int bins = taxa.stream().mapToInt(Taxon::bins).sum();
    binStarts = new int[bins];
    binTaxa = new int[bins];
    int bin = 0;
    int start = 0;
    int withFamily = 0;
    for (Taxon taxon : taxa) {
      taxonStarts[taxon.number()] = bin;
      withFamily += taxon.hasFamily() ? taxon.records() : 0;
      for (int size : taxon.binSizes()) {
        binTaxa[bin] = taxon.number();
        binStarts[bin++] = start;
        start += size;
      }
    }
    named = withFamily;
  }

  /** The number of records that have a family: the places below it. */
  int named() {
    return named;
  }

  /** The taxa, those that are families first. */
  List<Taxon> taxa() {
    return taxa;
  }

  /** The BIN of the record at {@code place}, from 0. */
  int binAt(int place) {
    int found = Arrays.binarySearch(binStarts, place);
    return found >= 0 ? found : -found - 2;
  }

  /** The taxon that {@code bin} belongs to. */
  Taxon taxonOf(int bin) {
    return taxa.get(binTaxa[bin]);
  }

  /** The number of {@code bin} within its taxon, the most common being 0. */
  int rankOf(int bin) {
    return bin - taxonStarts[binTaxa[bin]];
  }

  private static List<Taxon> taxa(int records) {
    List<Fauna.Branch> orders = new ArrayList<>(new Fauna().branches());
    orders.addAll(RAREST);
    int[] perOrder = Apportionment.of(records, weights(orders));
    List<Taxon> found = new ArrayList<>();
    for (int i = 0; i < perOrder.length; i++) {
      String order = orders.get(i).name();
      List<Fauna.Branch> families = families(orders.get(i));
      int[] perFamily = Apportionment.of(perOrder[i], weights(families));
      for (int k = 0; k < perFamily.length; k++) {
        if (perFamily[k] > 0) {
          found.add(new Taxon(0, order, families.get(k).name(), perFamily[k]));
        }
      }
    }
    found.sort(Comparator.comparing(taxon -> !taxon.hasFamily()));
    List<Taxon> numbered = new ArrayList<>();
    for (Taxon taxon : found) {
      numbered.add(new Taxon(numbered.size(), taxon.order(), taxon.family(), taxon.records()));
    }
    return List.copyOf(numbered);
  }

  private static double[] weights(List<Fauna.Branch> branches) {
    return branches.stream().mapToDouble(Fauna.Branch::count).toArray();
  }

  /**
   * The families of an order, those that only the published totals know of invented, and what has
   * none.
   */
  private static List<Fauna.Branch> families(Fauna.Branch order) {
    List<Fauna.Branch> families = new ArrayList<>();
    double known = 0;
    double rest = 0;
    for (Fauna.Branch family : order.families()) {
      if (family.name().equals("*")) {
        rest = family.count();
      } else {
        families.add(family);
        known += family.count();
      }
    }
    boolean flies = order.name().equals("Diptera");
    double unnamed = flies ? rest * UNNAMED_OTHER_FLIES : order.count() * UNNAMED_OTHERS;
    double invented = flies ? rest - unnamed : (order.count() - unnamed) * INVENTED_SHARE;
    if (!flies) {
      // The early sample gives proportions only.
      double scale = (order.count() - unnamed - invented) / Math.max(1, known);
      families.replaceAll(f -> new Fauna.Branch(f.name(), f.count() * scale, List.of()));
    }
    families.addAll(invented(order, flies, invented));
    families.add(new Fauna.Branch(Lineage.NOT_CLASSIFIED, unnamed, List.of()));
    return families;
  }

  private static List<Fauna.Branch> invented(Fauna.Branch order, boolean flies, double records) {
    int count =
        flies ? INVENTED_FLIES : (int) Math.ceil(INVENTED_PER_ROOT * Math.sqrt(order.count()));
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += 1.0 / (i + 10);
    }
    List<Fauna.Branch> families = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = InventedNames.family(order.name(), i);
      families.add(new Fauna.Branch(name, records / (i + 10) / sum, List.of()));
    }
    return families;
  }
}
