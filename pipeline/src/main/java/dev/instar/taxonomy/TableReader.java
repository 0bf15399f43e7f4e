package dev.instar.taxonomy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the wanted columns of a {@code .tsv} or {@code .csv} specimen table on several threads. The
 * result does not depend on how many. A column that the reading needs and the file lacks is an
 * error; bad rows are kept out, counted and named.
 *
 * <pre>{@code
 * MetadataTable table = TableReader.of(file).categories(Field.ORDER, Field.FAMILY).identifiers(Field.PROCESS_ID).threads(2).read();
 * }</pre>
 */
public final class TableReader {
  private record Wanted(String column, boolean required) {}

  private final Path path;
  private final Map<Field, Boolean> categoryFields = new LinkedHashMap<>();
  private final Map<Field, Boolean> identifierFields = new LinkedHashMap<>();
  private final List<Wanted> categoryNames = new ArrayList<>();
  private boolean barcodes;
  private int threads = 1;
  private MissingValues missing = MissingValues.NEVER_A_CLASS;

  private TableReader(Path path) {
    this.path = path;
  }

  /** A reader of {@code path} that wants no column yet. */
  public static TableReader of(Path path) {
    return new TableReader(path);
  }

  /** The column names of {@code path}. */
  public static Header header(Path path) throws IOException {
    try (TableFile file = TableFile.open(path)) {
      return file.header();
    }
  }

  /** Wants coded columns that must be there. */
  public TableReader categories(Field... fields) {
    for (Field field : fields) {
      categoryFields.put(field, true);
    }
    return this;
  }

  /** Wants coded columns where the file has them. */
  public TableReader categoriesIfPresent(Field... fields) {
    for (Field field : fields) {
      categoryFields.putIfAbsent(field, false);
    }
    return this;
  }

  /** Wants coded columns, by name, that must be there. */
  public TableReader categories(String... columns) {
    for (String column : columns) {
      categoryNames.add(new Wanted(column, true));
    }
    return this;
  }

  /** Wants coded columns, by name, where the file has them. */
  public TableReader categoriesIfPresent(String... columns) {
    for (String column : columns) {
      categoryNames.add(new Wanted(column, false));
    }
    return this;
  }

  /** Wants columns as text that must be there. */
  public TableReader identifiers(Field... fields) {
    for (Field field : fields) {
      identifierFields.put(field, true);
    }
    return this;
  }

  /** Wants columns as text where the file has them. */
  public TableReader identifiersIfPresent(Field... fields) {
    for (Field field : fields) {
      identifierFields.putIfAbsent(field, false);
    }
    return this;
  }

  /** Wants the barcodes' lengths and hashes where the file has barcodes. */
  public TableReader barcodes() {
    barcodes = true;
    return this;
  }

  /** Sets the number of threads that scan (default 1). */
  public TableReader threads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(count + " threads; at least one is needed");
    }
    threads = count;
    return this;
  }

  /**
   * Sets which spellings mean that nothing is known (default: {@link MissingValues#NEVER_A_CLASS}).
   */
  public TableReader missing(MissingValues rule) {
    missing = rule;
    return this;
  }

  /**
   * Reads the table.
   *
   * @throws MetadataException if it is no table, or lacks a column that is needed
   */
  public MetadataTable read() throws IOException {
    try (TableFile file = TableFile.open(path)) {
      Header header = file.header();
      Map<Integer, CategoryColumn> categories = new LinkedHashMap<>();
      Map<Integer, IdentifierColumn> identifiers = new LinkedHashMap<>();
      requireAll(header);
      for (Field field : categoryFields.keySet()) {
        header.find(field).ifPresent(at -> categories.put(at, category(header, at)));
      }
      for (Wanted wanted : categoryNames) {
        header.find(wanted.column).ifPresent(at -> categories.put(at, category(header, at)));
      }
      for (Field field : identifierFields.keySet()) {
        header
            .find(field)
            .ifPresent(at -> identifiers.put(at, new IdentifierColumn(header.columns().get(at))));
      }
      OptionalInt barcodeAt = barcodes ? header.find(Field.BARCODE) : OptionalInt.empty();
      TableScan scan = new TableScan(file, threads);
      categories.forEach(scan::add);
      identifiers.forEach(scan::add);
      Optional<BarcodeColumn> barcodeColumn = Optional.empty();
      if (barcodeAt.isPresent()) {
        String name = header.columns().get(barcodeAt.getAsInt());
        barcodeColumn = Optional.of(new BarcodeColumn(name));
        scan.add(barcodeAt.getAsInt(), barcodeColumn.get());
      }
      int[] rowsBefore = scan.run();
      Map<String, Category> joined = joined(categories, header, rowsBefore);
      Map<String, Identifiers> texts = new LinkedHashMap<>();
      identifiers.forEach((at, i) -> texts.put(header.columns().get(at), i.join(rowsBefore)));
      return new MetadataTable(
          header,
          rowsBefore[rowsBefore.length - 1],
          scan.bad(),
          joined,
          texts,
          barcodeColumn.map(column -> column.join(rowsBefore)));
    }
  }

  private Map<String, Category> joined(
      Map<Integer, CategoryColumn> columns, Header header, int[] rowsBefore) {
    Stream<Map.Entry<Integer, CategoryColumn>> each = columns.entrySet().stream();
    return (threads > 1 ? each.parallel() : each)
        .collect(
            Collectors.toMap(
                column -> header.columns().get(column.getKey()),
                column -> column.getValue().join(rowsBefore)));
  }

  private CategoryColumn category(Header header, int at) {
    return new CategoryColumn(header.columns().get(at), missing);
  }

  private void requireAll(Header header) throws MetadataException {
    List<String> absent = new ArrayList<>();
    for (Map<Field, Boolean> wanted : List.of(categoryFields, identifierFields)) {
      for (Map.Entry<Field, Boolean> field : wanted.entrySet()) {
        if (field.getValue() && header.find(field.getKey()).isEmpty()) {
          absent.add(String.join(" or ", field.getKey().columns()));
        }
      }
    }
    for (Wanted wanted : categoryNames) {
      if (wanted.required && header.find(wanted.column).isEmpty()) {
        absent.add(wanted.column);
      }
    }
    if (!absent.isEmpty()) {
      throw new MetadataException(
          path
              + " lacks the column"
              + (absent.size() > 1 ? "s " : " ")
              + String.join(", ", absent)
              + "; it has "
              + String.join(", ", header.columns()));
    }
  }
}
