package dev.instar.publish;

import dev.instar.pack.ImageSource;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes the records as files, {@code SPLIT/CLASS/KEY.jpg}, and for each split a {@code
 * metadata.csv} with the path of each and its row. A file that is there with the same content is
 * kept. Not thread-safe.
 */
final class FolderRecords {
  /** The table of a split. */
  static final String TABLE = "metadata.csv";

  /** The column that names the picture. */
  static final String FILE_NAME = "file_name";

  private final ImageSource source;
  private final Plan plan;
  private final RecordKeys keys;
  private final Settings settings;
  private final Meter meter;
  private final ClassFolders folders;

  FolderRecords(ImageSource source, Plan plan, RecordKeys keys, Settings settings, Meter meter)
      throws IOException {
    this.source = source;
    this.plan = plan;
    this.keys = keys;
    this.settings = settings;
    this.meter = meter;
    folders = new ClassFolders(plan.label().map(ClassLabels::names).orElse(List.of()));
    if (plan.header().columns().contains(FILE_NAME)) {
      throw new IOException(
          plan.file() + " has a column file_name, which metadata.csv needs; rename it");
    }
  }

  /**
   * Writes what is not there.
   *
   * @return the table of each split, with what it lists
   * @throws Cancelled if the watch asked to stop
   */
  List<Shard> write(String fingerprint) throws IOException, Cancelled {
    Optional<ShardIndex> index = ShardIndex.read(settings.folder());
    if (index.isPresent() && !index.get().plan().equals(fingerprint)) {
      throw new IOException(
          settings.folder()
              + " holds a publication of other records or settings; choose another folder, or remove it yourself to begin anew");
    }
    List<Shard> tables = new ArrayList<>();
    index(fingerprint, false, tables);
    for (SplitRecords split : plan.splits()) {
      tables.add(writeSplit(split));
    }
    index(fingerprint, true, tables);
    return List.copyOf(tables);
  }

  private Shard writeSplit(SplitRecords split) throws IOException, Cancelled {
    String file = split.name() + "/" + TABLE;
    Path folder = settings.folder().resolve(split.name());
    Set<Path> touched = new TreeSet<>();
    long[] content = {0};
    try (PartialFile table = new PartialFile(folder.resolve(TABLE));
        Records records = new Records(source, plan, keys, split, meter)) {
      List<Refusal> refused;
      try (BufferedWriter csv = Files.newBufferedWriter(table.path(), StandardCharsets.UTF_8)) {
        List<String> header = new ArrayList<>(List.of(FILE_NAME));
        header.addAll(plan.header().columns());
        csv.write(line(header));
        refused =
            records.each(
                0,
                split.size(),
                specimen -> {
                  String path = pathOf(specimen);
                  Path target = folder.resolve(path);
                  writePicture(target, specimen.picture().bytes());
                  touched.add(target.getParent());
                  content[0] += specimen.picture().bytes().length;
                  List<String> row = new ArrayList<>(List.of(path));
                  row.addAll(Arrays.asList(specimen.values()));
                  csv.write(line(row));
                });
      }
      for (Path written : touched) {
        PartialFile.syncFolder(written);
      }
      String sha256 = Checksum.of(table.path());
      long bytes = Files.size(table.path());
      table.commit();
      PartialFile.syncFolder(folder);
      long count = (long) split.size() - refused.size();
      return new Shard(file, split.name(), count, bytes, content[0], sha256, refused);
    }
  }

  private String pathOf(Specimen specimen) {
    int number = plan.label().map(labels -> labels.of(specimen.row())).orElse(ClassLabels.NONE);
    return folders.of(number) + "/" + specimen.key() + "." + specimen.picture().extension();
  }

  private static void writePicture(Path target, byte[] content) throws IOException {
    if (Files.isRegularFile(target)
        && Files.size(target) == content.length
        && Arrays.equals(Files.readAllBytes(target), content)) {
      return;
    }
    try (PartialFile file = new PartialFile(target)) {
      Files.write(
          file.path(),
          content,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE);
      file.commit();
    }
  }

  private void index(String fingerprint, boolean complete, List<Shard> tables) throws IOException {
    new ShardIndex(
            Format.IMAGEFOLDER.label(),
            fingerprint,
            complete,
            plan.label().map(ClassLabels::column).orElse(null),
            plan.label().map(ClassLabels::names).orElse(List.of()),
            tables)
        .write(settings.folder());
  }

  /** RFC 4180, with LF. */
  private static String line(List<String> fields) {
    StringBuilder line = new StringBuilder();
    for (String field : fields) {
      boolean quoted =
          field.indexOf(',') >= 0
              || field.indexOf('"') >= 0
              || field.indexOf('\n') >= 0
              || field.indexOf('\r') >= 0;
      line.append(line.isEmpty() ? "" : ",");
      line.append(quoted ? '"' + field.replace("\"", "\"\"") + '"' : field);
    }
    return line.append('\n').toString();
  }
}
