package dev.instar.taxonomy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * What a specimen table holds, rank by rank, with its barcodes and its experiments.
 *
 * @param file where it was read
 * @param records the number of its good rows
 * @param bad the rows that were kept out
 * @param ranks the ranks that it has a column for, from the widest on
 * @param barcodes its barcodes, if it has any column of them
 * @param experiments the experiments whose split columns it has
 */
public record Statistics(
    Path file,
    long records,
    BadRows bad,
    List<OfRank> ranks,
    Optional<BarcodeStatistics> barcodes,
    List<ExperimentStatistics> experiments) {

  /**
   * One rank.
   *
   * @param missing records of which it is not known
   * @param classes its classes by falling number of records, then by first appearance
   */
  public record OfRank(
      Rank rank, long missing, Distribution distribution, List<ClassCount> classes) {
    public OfRank {
      classes = List.copyOf(classes);
    }

    /** The share of records of which the rank is known, 0 to 1. */
    public double labelledShare() {
      long all = missing + distribution.records();
      return all == 0 ? 0 : (double) distribution.records() / all;
    }
  }

  public Statistics {
    ranks = List.copyOf(ranks);
    experiments = List.copyOf(experiments);
  }

  /**
   * Reads all that statistics need of a table: ranks, split columns, barcodes.
   *
   * @throws MetadataException if it is no table, or has no column for any rank
   */
  public static MetadataTable read(Path file, int threads) throws IOException {
    Header header = TableReader.header(file);
    if (header.ranks().isEmpty()) {
      throw new MetadataException(
          file
              + " is no table of specimens: none of its columns is a rank (phylum, class, order, family...); it has "
              + String.join(", ", header.columns()));
    }
    TableReader reader = TableReader.of(file).threads(threads).barcodes();
    for (Rank rank : Rank.values()) {
      reader.categoriesIfPresent(rank.field());
    }
    for (SplitColumn column : SplitColumn.in(header)) {
      reader.categories(column.column());
    }
    return reader.read();
  }

  /** Describes a table that {@link #read} has read. */
  public static Statistics of(MetadataTable table) throws MetadataException {
    CompletableFuture<Optional<BarcodeStatistics>> barcodes =
        CompletableFuture.supplyAsync(() -> table.barcodes().map(BarcodeStatistics::of));
    List<OfRank> ranks = new ArrayList<>();
    for (Rank rank : table.header().ranks()) {
      ranks.add(of(rank, table.category(rank.field())));
    }
    List<ExperimentStatistics> experiments = new ArrayList<>();
    for (SplitColumn column : SplitColumn.in(table.header())) {
      experiments.add(ExperimentStatistics.of(column, table));
    }
    return new Statistics(
        table.header().file(), table.rows(), table.bad(), ranks, barcodes.join(), experiments);
  }

  private static OfRank of(Rank rank, Category category) {
    List<ClassCount> classes =
        IntStream.range(0, category.size())
            .mapToObj(code -> new ClassCount(category.label(code), category.count(code)))
            .sorted(Comparator.comparingLong(entry -> -entry.records()))
            .toList();
    return new OfRank(rank, category.missing(), Distribution.of(category), classes);
  }

  /**
   * The classes of {@code inner} among the records of one class of {@code outer}, by falling number
   * of records.
   */
  public static List<ClassCount> within(MetadataTable table, Rank outer, String label, Rank inner) {
    Optional<Category> columnOfOuter = table.find(outer.field());
    Optional<Category> columnOfInner = table.find(inner.field());
    if (columnOfOuter.isEmpty() || columnOfInner.isEmpty()) {
      return List.of();
    }
    Category within = columnOfInner.get();
    int wanted = columnOfOuter.get().codeOf(label).orElse(Integer.MAX_VALUE);
    int[] counts = new int[within.size()];
    for (int row = 0; row < table.rows(); row++) {
      if (columnOfOuter.get().code(row) == wanted && within.code(row) != Category.MISSING) {
        counts[within.code(row)]++;
      }
    }
    return IntStream.range(0, counts.length)
        .filter(code -> counts[code] > 0)
        .mapToObj(code -> new ClassCount(within.label(code), counts[code]))
        .sorted(Comparator.comparingLong(entry -> -entry.records()))
        .toList();
  }

  /** What is known of {@code rank}, if the table has a column for it. */
  public Optional<OfRank> of(Rank rank) {
    return ranks.stream().filter(entry -> entry.rank == rank).findFirst();
  }

  /** The experiment of a split column's name, if the table has it. */
  public Optional<ExperimentStatistics> experiment(String column) {
    return experiments.stream().filter(entry -> entry.column().column().equals(column)).findFirst();
  }
}
