package dev.instar.publish;

import dev.instar.pack.ImageSource;
import dev.instar.pack.PictureIndex;
import dev.instar.taxonomy.Category;
import dev.instar.taxonomy.Field;
import dev.instar.taxonomy.Header;
import dev.instar.taxonomy.MetadataException;
import dev.instar.taxonomy.MetadataTable;
import dev.instar.taxonomy.PictureNames;
import dev.instar.taxonomy.Rank;
import dev.instar.taxonomy.SplitColumn;
import dev.instar.taxonomy.TableReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What is published: which records in which split, and the numbers of their classes. Takes about 60
 * bytes a row beside the table's columns.
 *
 * @param table the columns that were read
 * @param join which rows have a record
 * @param splits those that have records: training, validation, test, then others
 * @param label the classes
 * @param coded ranks that are coded as numbers with names, by column
 */
record Plan(
    MetadataTable table,
    JoinCounts join,
    List<SplitRecords> splits,
    Optional<ClassLabels> label,
    Map<String, ClassLabels> coded) {
  /** The name of the split that holds everything where there is no experiment. */
  static final String TRAIN = "train";

  private static final List<String> USUAL = List.of(TRAIN, "validation", "test");

  /** Reads the table and joins it with the collection. */
  static Plan of(ImageSource source, Settings settings) throws IOException {
    Header header = TableReader.header(settings.table());
    Rank rank = rank(header, settings);
    MetadataTable table = read(header, rank, settings);
    Join join = Join.of(source, table);
    Optional<Category> experiment = settings.experiment().map(table::category);
    if (experiment.isPresent()
        && experiment.get().labels().stream().map(Plan::splitName).noneMatch(USUAL::contains)) {
      throw new MetadataException(
          header.file()
              + ": the column '"
              + experiment.get().name()
              + "' holds no splits: none of its values is train, validation or test");
    }
    List<SplitRecords> splits = splits(join, experiment, settings.all());
    IntPredicate training = training(experiment);
    Map<String, ClassLabels> coded = new LinkedHashMap<>();
    for (Rank each : Rank.linnean()) {
      Optional<Category> column = table.find(each.field());
      int classes = column.map(Category::size).orElse(0);
      if (classes > 0 && classes <= settings.classLabels()) {
        coded.put(column.get().name(), ClassLabels.of(column.get(), training));
      }
    }
    Optional<ClassLabels> label =
        table.find(rank.field()).map(column -> ClassLabels.of(column, training));
    return new Plan(table, join.counts(), splits, label, coded);
  }

  private static Rank rank(Header header, Settings settings) throws MetadataException {
    if (settings.rank().isPresent()) {
      Rank asked = settings.rank().get();
      if (header.find(asked.field()).isEmpty()) {
        throw new MetadataException(header.file() + " has no column for the rank " + asked.label());
      }
      return asked;
    }
    for (SplitColumn known : SplitColumn.KNOWN) {
      if (settings.experiment().equals(Optional.of(known.column()))) {
        return Arrays.stream(Rank.values())
            .filter(rank -> rank.field() == known.label())
            .findFirst()
            .orElse(Rank.ORDER);
      }
    }
    return Rank.ORDER;
  }

  private static MetadataTable read(Header header, Rank rank, Settings settings)
      throws IOException {
    TableReader reader =
        TableReader.of(settings.table())
            .threads(settings.threads())
            .identifiers(PictureNames.column(header))
            .categoriesIfPresent(Field.PART, rank.field());
    Rank.linnean().forEach(each -> reader.categoriesIfPresent(each.field()));
    for (Fact fact : Fact.values()) {
      reader.categoriesIfPresent(fact.columns().toArray(new String[0]));
    }
    if (settings.experiment().isPresent()) {
      String column = settings.experiment().get();
      if (header.find(column).isEmpty()) {
        throw new MetadataException(
            header.file() + " has no column '" + column + "' to split by; " + known(header));
      }
      reader.categories(column);
    }
    return reader.read();
  }

  private static String known(Header header) throws MetadataException {
    List<String> columns = SplitColumn.in(header).stream().map(SplitColumn::column).toList();
    return columns.isEmpty() ? "it has no split columns" : "it has " + String.join(", ", columns);
  }

  private static IntPredicate training(Optional<Category> experiment) {
    if (experiment.isEmpty()) {
      return row -> true;
    }
    Category column = experiment.get();
    return row -> {
      int code = column.code(row);
      return code != Category.MISSING && splitName(column.label(code)).equals(TRAIN);
    };
  }

  private static List<SplitRecords> splits(Join join, Optional<Category> experiment, boolean all) {
    int[] splitOfRow = new int[join.recordOfRow().length];
    List<String> names = new ArrayList<>();
    if (experiment.isEmpty()) {
      names.add(TRAIN);
    } else {
      names.addAll(USUAL);
      Category column = experiment.get();
      for (String label : column.labels()) {
        String name = splitName(label);
        if (!names.contains(name) && !label.equals(SplitColumn.NO_SPLIT)) {
          names.add(name);
        }
      }
      names.add(SplitColumn.NO_SPLIT);
      int left = names.size() - 1;
      int[] splitOfCode =
          column.labels().stream().mapToInt(label -> names.indexOf(splitName(label))).toArray();
      for (int row = 0; row < splitOfRow.length; row++) {
        int code = column.code(row);
        splitOfRow[row] = code == Category.MISSING ? left : splitOfCode[code];
      }
      if (!all) {
        names.remove(left);
      }
    }
    List<SplitRecords> splits = new ArrayList<>();
    int first = 0;
    for (int s = 0; s < names.size(); s++) {
      int split = s;
      int[] rows =
          IntStream.range(0, splitOfRow.length)
              .filter(row -> splitOfRow[row] == split)
              .filter(row -> join.recordOfRow()[row] != PictureIndex.NONE)
              .toArray();
      int[] records = IntStream.of(rows).map(row -> join.recordOfRow()[row]).toArray();
      if (rows.length > 0) {
        splits.add(new SplitRecords(names.get(s), first, rows, records));
      }
      first += rows.length;
    }
    return List.copyOf(splits);
  }

  /** What a split is called in files: a word, {@code val} spelt out. */
  static String splitName(String label) {
    String word = label.length() > SafeText.LONGEST ? label.substring(0, SafeText.LONGEST) : label;
    word = word.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    return switch (word) {
      case "val", "valid" -> "validation";
      case "training" -> TRAIN;
      default -> word;
    };
  }

  /** All columns of the table. */
  Header header() {
    return table.header();
  }

  /** The table's file. */
  Path file() {
    return header().file();
  }

  /** The number of records in all splits. */
  int size() {
    return splits.stream().mapToInt(SplitRecords::size).sum();
  }
}
