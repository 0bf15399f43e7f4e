package dev.instar.cli;

import dev.instar.convert.RunSettings;
import dev.instar.pack.BioscanSink;
import dev.instar.pack.Encoding;
import dev.instar.pack.FolderSink;
import dev.instar.pack.ImageSink;
import dev.instar.pack.JpegNames;
import dev.instar.pack.Pack;
import dev.instar.pack.PackWriter;
import dev.instar.pack.ZipExport;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The form in which pictures are stored, and what the collection says of itself. */
final class OutputOptions {
  private static final String SETTINGS = "settings";

  /** What may lie beside an output that is not finished, by the ending of its name. */
  private static final List<String> UNFINISHED = List.of(".partial", ".spool", ".spool.partial");

  /** The forms of an output. */
  enum Layout {
    /** By the output's ending. */
    AUTO,
    PACK,
    BIOSCAN,
    ZIP,
    FOLDER
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUTPUT",
      description = "NAME.h5 (a pack), NAME.zip, or a folder.")
  private Path output;

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      converter = Converters.LayoutName.class,
      description = "pack, bioscan, zip or folder (by OUTPUT's ending).")
  private Layout layout = Layout.AUTO;

  @Option(
      names = "--package",
      paramLabel = "NAME",
      description = "Folder below bioscan/images/ (zip; its name).")
  private String packageName;

  @Option(
      names = "--attribute",
      paramLabel = "KEY=VALUE",
      description = "Text to store in HDF5, such as a license.")
  private Map<String, String> attributes = new LinkedHashMap<>();

  @Option(names = "--overwrite", description = "Begin anew where the output exists.")
  private boolean overwrite;

  /** The output as it was named. */
  Path output() {
    return output;
  }

  /** Whether what there is of the output is to be removed. */
  boolean overwrite() {
    return overwrite;
  }

  /** What is at odds among these options, if anything. */
  Optional<String> contradiction(Encoding encoding) {
    if (output == null) {
      return Optional.of("Missing required option: '--output=OUTPUT'");
    }
    if (output.toString().isEmpty() || output.getFileName() == null) {
      return Optional.of("--output needs a name");
    }
    Layout chosen = layout();
    if (encoding == Encoding.RAW && chosen != Layout.PACK) {
      return Optional.of("--encoding raw is for packs (-o NAME.h5) only");
    }
    if (packageName != null && chosen != Layout.ZIP) {
      return Optional.of("--package is for zip files only");
    }
    if (!attributes.isEmpty() && chosen != Layout.PACK && chosen != Layout.BIOSCAN) {
      return Optional.of("--attribute is for HDF5 files only");
    }
    return Optional.empty();
  }

  /**
   * Opens an output, new or to be continued.
   *
   * @param path the output, or that of a shard
   * @param run its settings file, locked
   * @param settings what decides the bytes of its pictures
   */
  ImageSink open(Path path, RunSettings run, Encoding encoding, String settings)
      throws IOException {
    boolean success = false;
    try {
      requireSameAsFinished(path, settings);
      run.require(settings, begun(path));
      ImageSink sink =
          switch (layout()) {
            case PACK -> PackWriter.open(path, encoding, attributes(settings));
            case BIOSCAN -> BioscanSink.open(path, attributes(settings));
            case ZIP ->
                new JpegNames(ZipExport.open(path, packageName == null ? stem(path) : packageName));
            case FOLDER, AUTO -> new JpegNames(FolderSink.open(path));
          };
      success = true;
      return sink;
    } finally {
      if (!success) {
        run.withdraw();
      }
    }
  }

  /** Creates the folder that {@code path} lies in. */
  static void createFolderOf(Path path) throws IOException {
    Path folder = path.toAbsolutePath().normalize().getParent();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (FileAlreadyExistsException e) {
      throw new NotDirectoryException(e.getMessage());
    }
  }

  /** Removes an output with all that belongs to it but its settings, finished or not. */
  static void delete(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException(path + " is a folder; remove it yourself to begin anew");
    }
    Files.deleteIfExists(path);
    for (String ending : UNFINISHED) {
      Files.deleteIfExists(path.resolveSibling(path.getFileName() + ending));
    }
  }

  /** Whether the output is a folder of pictures. */
  boolean isFolder() {
    return layout() == Layout.FOLDER;
  }

  /** A finished pack states its settings, so that nothing has to lie beside it. */
  boolean statesItsSettings() {
    return layout() == Layout.PACK;
  }

  private void requireSameAsFinished(Path path, String settings) throws IOException {
    if (layout() == Layout.PACK && Files.isRegularFile(path) && Pack.isPack(path)) {
      try (Pack pack = Pack.open(path)) {
        String stated = pack.attributes().getOrDefault(SETTINGS, "unknown");
        RunSettings.requireSame(path, stated, settings);
      }
    }
  }

  private static boolean begun(Path path) {
    return (Files.exists(path) && !Files.isDirectory(path))
        || Files.exists(path.resolve("records.csv"))
        || Files.exists(path.resolve("records.csv.partial"))
        || UNFINISHED.stream()
            .anyMatch(ending -> Files.exists(path.resolveSibling(path.getFileName() + ending)));
  }

  private Map<String, String> attributes(String settings) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("created_by", "instar " + BuildVersion.number());
    all.put(SETTINGS, settings);
    all.putAll(attributes);
    return all;
  }

  private Layout layout() {
    if (layout != Layout.AUTO) {
      return layout;
    }
    String name = output.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".h5") || name.endsWith(".hdf5")) {
      return Layout.PACK;
    }
    return name.endsWith(".zip") ? Layout.ZIP : Layout.FOLDER;
  }

  private static String stem(Path path) {
    String name = path.getFileName().toString();
    return name.endsWith(".zip") ? name.substring(0, name.length() - 4) : name;
  }
}
