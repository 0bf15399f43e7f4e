package dev.instar.loader;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.pack.ImageSource;
import dev.instar.pack.PictureIndex;
import dev.instar.split.Subset;
import dev.instar.taxonomy.Category;
import dev.instar.taxonomy.Field;
import dev.instar.taxonomy.Header;
import dev.instar.taxonomy.MetadataTable;
import dev.instar.taxonomy.PictureNames;
import dev.instar.taxonomy.Rank;
import dev.instar.taxonomy.TableReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The rows of a table that an experiment uses, and their classes. Not thread-safe. */
final class LabelledRows {
  private static final int NONE = -1;

  private final MetadataTable table;
  private final PictureNames pictures;
  private final Category target;
  private final Optional<Rank> rank;
  private final Subset[] subsets;

  /** The target's codes in the order of the classes' numbers. */
  private final int[] codeOfClass;

  private LabelledRows(MetadataTable table, Subset[] subsets, Category target, Optional<Rank> rank)
      throws IOException {
    this.table = table;
    this.subsets = subsets;
    this.target = target;
    this.rank = rank;
    pictures = PictureNames.of(table);
    codeOfClass = numbered();
  }

  static LabelledRows read(Path metadata, String splitColumn, String targetColumn)
      throws IOException {
    Header header = TableReader.header(metadata);
    Optional<Rank> rank = rankOf(header, targetColumn);
    String target =
        rank.isPresent() ? header.nameOf(rank.get().field()).orElseThrow() : targetColumn;
    TableReader reader =
        TableReader.of(metadata)
            .threads(Runtime.getRuntime().availableProcessors())
            .identifiers(PictureNames.column(header))
            .categoriesIfPresent(Field.PART)
            .categories(splitColumn, target);
    for (Rank wider : wider(rank)) {
      reader.categoriesIfPresent(wider.field());
    }
    MetadataTable table = reader.read();
    return new LabelledRows(
        table, subsets(metadata, table.category(splitColumn)), table.category(target), rank);
  }

  /** The rank that a column holds, by the column's name or by the rank's where it has another. */
  private static Optional<Rank> rankOf(Header header, String column) throws IOException {
    for (Rank rank : Rank.values()) {
      boolean named = rank.label().equalsIgnoreCase(column) && header.find(column).isEmpty();
      Optional<String> own = header.nameOf(rank.field());
      if (own.isPresent() && (own.get().equals(column) || named)) {
        return Optional.of(rank);
      }
    }
    return Optional.empty();
  }

  private static List<Rank> wider(Optional<Rank> rank) {
    return Arrays.stream(Rank.values())
        .filter(each -> rank.isPresent() && each.ordinal() < rank.get().ordinal())
        .toList();
  }

  private static Subset[] subsets(Path metadata, Category column) throws InputException {
    Subset[] ofCode = new Subset[column.size()];
    for (int code = 0; code < ofCode.length; code++) {
      String label = column.label(code);
      ofCode[code] =
          Subset.ofLabel(label)
              .orElseThrow(
                  () ->
                      new InputException(
                          Fault.UNSUPPORTED,
                          String.format(
                              "%s: column %s says '%s' where train, validation, test or no_split is known; is it a split?",
                              metadata, column.name(), label)));
    }
    Subset[] subsets = new Subset[column.rows()];
    for (int row = 0; row < subsets.length; row++) {
      int code = column.code(row);
      subsets[row] = code == Category.MISSING ? Subset.NO_SPLIT : ofCode[code];
    }
    return subsets;
  }

  /** The number of rows that the experiment uses, with or without a class or a picture. */
  int used() {
    return (int) Arrays.stream(subsets).filter(subset -> subset != Subset.NO_SPLIT).count();
  }

  /** The picture that the first row wants, for a message about {@code pictureless} rows. */
  String example(int pictureless) {
    for (int row = 0; pictureless > 0 && row < subsets.length; row++) {
      if (subsets[row] != Subset.NO_SPLIT) {
        return ", such as " + pictures.name(row);
      }
    }
    return "";
  }

  /** Classes by descending number of training rows, ties by first appearance among them. */
  private int[] numbered() {
    int[] counts = new int[target.size()];
    int[] first = new int[target.size()];
    for (int row = 0; row < subsets.length; row++) {
      int code = target.code(row);
      if (subsets[row] == Subset.TRAIN && code != Category.MISSING && counts[code]++ == 0) {
        first[code] = row;
      }
    }
    Comparator<Integer> byCount = Comparator.comparing(code -> -counts[code]);
    return IntStream.range(0, counts.length)
        .filter(code -> counts[code] > 0)
        .boxed()
        .sorted(byCount.thenComparing(code -> first[code]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The samples whose pictures {@code source} has, in the order of the table. */
  LabelledSplit find(ImageSource source) {
    PictureIndex index = PictureIndex.of(source);
    int[] classOfCode = new int[target.size()];
    Arrays.fill(classOfCode, NONE);
    for (int c = 0; c < codeOfClass.length; c++) {
      classOfCode[codeOfClass[c]] = c;
    }
    Map<Subset, Part> parts = new LinkedHashMap<>();
    Subset.USED.forEach(subset -> parts.put(subset, new Part(source, codeOfClass.length)));
    int pictureless = 0;
    int unknown = 0;
    for (int row = 0; row < subsets.length; row++) {
      if (subsets[row] == Subset.NO_SPLIT) {
        continue;
      }
      int code = target.code(row);
      int label = code == Category.MISSING ? NONE : classOfCode[code];
      if (label == NONE) {
        unknown++;
        continue;
      }
      String name = pictures.name(row);
      int record = name.isEmpty() ? PictureIndex.NONE : index.find(name, pictures.part(row));
      if (record == PictureIndex.NONE) {
        pictureless++;
      } else {
        parts.get(subsets[row]).add(record, label);
      }
    }
    return new LabelledSplit(
        classNames(classOfCode),
        parts.get(Subset.TRAIN).samples(),
        parts.get(Subset.VALIDATION).samples(),
        parts.get(Subset.TEST).samples(),
        pictureless,
        unknown);
  }

  private List<ClassName> classNames(int[] classOfCode) {
    List<Map<String, String>> lineages = new ArrayList<>();
    for (int i = 0; i < codeOfClass.length; i++) {
      lineages.add(new LinkedHashMap<>());
    }
    for (Rank each : wider(rank)) {
      Optional<Category> names = table.find(each.field());
      if (names.isPresent()) {
        int[] codes = agreed(names.get(), classOfCode);
        for (int c = 0; c < codes.length; c++) {
          if (codes[c] >= 0) {
            lineages.get(c).put(each.label(), names.get().label(codes[c]));
          }
        }
      }
    }
    return IntStream.range(0, codeOfClass.length)
        .mapToObj(c -> new ClassName(target.label(codeOfClass[c]), lineages.get(c)))
        .toList();
  }

  /**
   * For each class the code that its rows have in {@code names}, missing ones aside; negative where
   * none has one or two differ.
   */
  private int[] agreed(Category names, int[] classOfCode) {
    int[] codes = new int[codeOfClass.length];
    int[] rows = new int[codeOfClass.length];
    Arrays.fill(codes, NONE);
    for (int row = 0; row < subsets.length; row++) {
      int code = target.code(row);
      int name = names.code(row);
      if (code == Category.MISSING || name == Category.MISSING || classOfCode[code] == NONE) {
        continue;
      }
      int label = classOfCode[code];
      codes[label] = rows[label]++ == 0 || codes[label] == name ? name : Integer.MIN_VALUE;
    }
    return codes;
  }

  /** The samples of one subset, as they are found. */
  private static final class Part {
    private final ImageSource source;
    private final int classes;
    private int[] records = new int[64];
    private int[] labels = new int[64];
    private int size;

    Part(ImageSource source, int classes) {
      this.source = source;
      this.classes = classes;
    }

    void add(int record, int label) {
      if (size == records.length) {
        records = Arrays.copyOf(records, size * 2);
        labels = Arrays.copyOf(labels, size * 2);
      }
      records[size] = record;
      labels[size++] = label;
    }

    Samples samples() {
      return Samples.of(source, Arrays.copyOf(records, size), Arrays.copyOf(labels, size), classes);
    }
  }
}
