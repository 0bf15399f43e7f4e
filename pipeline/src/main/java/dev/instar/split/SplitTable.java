package dev.instar.split;

import dev.instar.taxonomy.BadRows;
import dev.instar.taxonomy.Barcodes;
import dev.instar.taxonomy.Category;
import dev.instar.taxonomy.Field;
import dev.instar.taxonomy.Header;
import dev.instar.taxonomy.Identifiers;
import dev.instar.taxonomy.MetadataException;
import dev.instar.taxonomy.MetadataTable;
import dev.instar.taxonomy.MissingValues;
import dev.instar.taxonomy.TableReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Splits a metadata table: reads the columns that matter, makes the experiments, and says what it
 * found. Immutable.
 *
 * @param records in the table, bad rows left out
 * @param repeatedIds records that have the id of an earlier one; they are drawn together with it
 * @param bad rows that cannot be read; they are in no split and not written
 * @param experiments what was made or found, in the order of {@link Experiment}
 */
public record SplitTable(
    int records, int repeatedIds, BadRows bad, List<ExperimentSplit> experiments) {
  /** Columns that tell records apart; the first that a table has counts. */
  private static final List<Field> IDS =
      List.of(Field.PROCESS_ID, Field.SAMPLE_ID, Field.IMAGE_FILE);

  public SplitTable {
    experiments = List.copyOf(experiments);
  }

  /**
   * Splits the table {@code file}.
   *
   * @throws MetadataException if it is no table, or lacks a column that is needed
   * @throws SplitException if it cannot be split as planned
   */
  public static SplitTable of(Path file, SplitPlan plan, int threads) throws IOException {
    Field id = idOf(TableReader.header(file));
    MetadataTable table =
        TableReader.of(file)
            .categories(Field.ORDER, Field.FAMILY)
            .categoriesIfPresent(Field.BIN)
            .categoriesIfPresent(
                Stream.of(Experiment.values()).map(Experiment::label).toArray(String[]::new))
            .identifiers(id)
            .barcodes()
            .missing(plan.reference() ? MissingValues.REFERENCE : MissingValues.NEVER_A_CLASS)
            .threads(threads)
            .read();
    if (table.rows() == 0) {
      throw new SplitException(file + " has no records");
    }
    Map<Experiment, SplitColumn> published = published(table, plan);
    SplitPlan complete = plan.forTableWith(published.keySet());
    Records records = records(table, id, plan.seed(), published);
    int repeated = Draws.repeated(records.drawn(), records.draws());
    return new SplitTable(table.rows(), repeated, table.bad(), Splits.of(complete, records));
  }

  private static Field idOf(Header header) throws MetadataException {
    for (Field field : IDS) {
      if (header.find(field).isPresent()) {
        return field;
      }
    }
    throw new MetadataException(
        header.file()
            + " lacks a column that tells records apart: processid, sampleid or image_file; it has "
            + String.join(", ", header.columns()));
  }

  /** The split columns that are not to be made again; one that uses no record was never made. */
  private static Map<Experiment, SplitColumn> published(MetadataTable table, SplitPlan plan)
      throws SplitException {
    Map<Experiment, SplitColumn> published = new EnumMap<>(Experiment.class);
    for (Experiment experiment : Experiment.values()) {
      if (table.find(experiment.label()).isPresent() && !plan.remade().contains(experiment)) {
        SplitColumn column = column(table, table.category(experiment.label()));
        if (column.count(Subset.NO_SPLIT) < column.size()) {
          published.put(experiment, column);
        }
      }
    }
    return published;
  }

  private static Records records(
      MetadataTable table, Field id, long seed, Map<Experiment, SplitColumn> published) {
    Map<Grouping, Groups> groups = new EnumMap<>(Grouping.class);
    table.barcodes().ifPresent(barcodes -> groups.put(Grouping.BARCODE, groups(barcodes)));
    table
        .find(Field.BIN)
        .ifPresent(bins -> groups.put(Grouping.BIN, new Groups(codes(bins), bins.size())));
    long[] draws = draws(table.identifiers(id), seed);
    return new Records(
        labelling(table.category(Field.ORDER)),
        labelling(table.category(Field.FAMILY)),
        draws,
        Draws.order(draws),
        groups,
        published);
  }

  private static Labelling labelling(Category category) {
    return new Labelling(codes(category), category.labels());
  }

  private static int[] codes(Category category) {
    return IntStream.range(0, category.rows()).map(category::code).toArray();
  }

  /**
   * Barcodes are numbered by their 64-bit hash; two different ones of a million share it with a
   * probability of 3e-8.
   */
  private static Groups groups(Barcodes barcodes) {
    long[] hashes = IntStream.range(0, barcodes.rows()).mapToLong(barcodes::hash).toArray();
    long[] distinct = distinct(hashes);
    int[] groups = new int[hashes.length];
    for (int row = 0; row < groups.length; row++) {
      groups[row] =
          barcodes.length(row) == 0 ? Labelling.NONE : Arrays.binarySearch(distinct, hashes[row]);
    }
    return new Groups(groups, distinct.length);
  }

  private static long[] distinct(long[] values) {
    long[] sorted = values.clone();
    Arrays.parallelSort(sorted);
    int count = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[count++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, count);
  }

  private static SplitColumn column(MetadataTable table, Category category) throws SplitException {
    Subset[] subsets = new Subset[category.size()];
    for (int code = 0; code < subsets.length; code++) {
      String label = category.label(code);
      subsets[code] =
          Subset.ofLabel(label)
              .orElseThrow(
                  () ->
                      new SplitException(
                          String.format(
                              "%s: column %s says '%s' where train, validation, test or no_split is known; --remake %s makes it again",
                              table.header().file(), category.name(), label, category.name())));
    }
    SplitColumn column = new SplitColumn(category.rows());
    for (int row = 0; row < category.rows(); row++) {
      if (category.code(row) != Category.MISSING) {
        column.put(row, subsets[category.code(row)]);
      }
    }
    return column;
  }

  private static long[] draws(Identifiers ids, long seed) {
    long[] draws = new long[ids.rows()];
    int share = 1 << 16;
    IntStream.range(0, (draws.length + share - 1) / share)
        .parallel()
        .forEach(
            part -> {
              Draws chance = new Draws(seed);
              int end = Math.min(draws.length, (part + 1) * share);
              for (int row = part * share; row < end; row++) {
                draws[row] = chance.of(ids.text(row));
              }
            });
    return draws;
  }
}
