package dev.instar.evaluate;

import dev.instar.loader.ClassName;
import dev.instar.taxonomy.Rank;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A rank above that of the classes, and which taxon of it each class belongs to. Immutable.
 *
 * <p>A rank at which all classes are of one taxon says nothing about any picture, so it is none.
 */
public final class WiderRank {
  /** The taxon of a class that is not known at this rank. */
  public static final int NONE = -1;

  private final String rank;
  private final List<String> taxa;
  private final int[] taxonOf;

  private WiderRank(String rank, List<String> taxa, int[] taxonOf) {
    this.rank = rank;
    this.taxa = List.copyOf(taxa);
    this.taxonOf = taxonOf;
  }

  /** The ranks that the classes' lineages tell, from the narrowest on. */
  public static List<WiderRank> of(List<ClassName> classes) {
    List<WiderRank> ranks = new ArrayList<>();
    List<Rank> narrowestLast = Rank.linnean();
    for (int r = narrowestLast.size() - 1; r >= 0; r--) {
      WiderRank rank = of(narrowestLast.get(r).label(), classes);
      boolean tellsApart = rank.taxa.size() > 1 || rank.taxa.size() == 1 && !rank.knowsAll();
      if (tellsApart) {
        ranks.add(rank);
      }
    }
    return List.copyOf(ranks);
  }

  private static WiderRank of(String rank, List<ClassName> classes) {
    List<String> taxa = new ArrayList<>();
    int[] taxonOf = new int[classes.size()];
    for (int c = 0; c < taxonOf.length; c++) {
      String name = classes.get(c).lineage().getOrDefault(rank, "");
      int taxon = taxa.indexOf(name);
      if (!name.isEmpty() && taxon < 0) {
        taxon = taxa.size();
        taxa.add(name);
      }
      taxonOf[c] = taxon;
    }
    return new WiderRank(rank, taxa, taxonOf);
  }

  private boolean knowsAll() {
    return Arrays.stream(taxonOf).noneMatch(taxon -> taxon == NONE);
  }

  /** The rank's label, such as {@code order}. */
  public String rank() {
    return rank;
  }

  /** The names of its taxa, as the classes mention them first. */
  public List<String> taxa() {
    return taxa;
  }

  /** The number of the taxon that class {@code label} belongs to, or {@link #NONE}. */
  public int taxonOf(int label) {
    return taxonOf[label];
  }

  /** The probability of every taxon: the sum over its classes. */
  public double[] sums(double[] probabilities) {
    double[] sums = new double[taxa.size()];
    for (int c = 0; c < taxonOf.length; c++) {
      if (taxonOf[c] != NONE) {
        sums[taxonOf[c]] += probabilities[c];
      }
    }
    return sums;
  }
}
