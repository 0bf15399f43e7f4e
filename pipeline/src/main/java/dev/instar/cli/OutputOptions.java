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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** The form in which pictures are stored, and what the collection says of itself. */
final class OutputOptions {
  private static final String SETTINGS = "settings";

  /** The forms of an output. */
  enum Layout {
    /** By the output's ending. */
    auto,
    pack,
    bioscan,
    zip,
    folder
  }

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      defaultValue = "auto",
      description =
          "${COMPLETION-CANDIDATES}: by the output's ending, our pack, the published HDF5 layout, the published zip layout, or files (default: ${DEFAULT-VALUE}).")
  private Layout layout;

  @Option(
      names = "--package",
      paramLabel = "NAME",
      description = "Folder below bioscan/images/ in a zip (default: the zip's name).")
  private String packageName;

  @Option(
      names = "--attribute",
      paramLabel = "KEY=VALUE",
      description =
          "Store a text with the collection, such as license='CC BY 3.0'; may be repeated. HDF5 only.")
  private final Map<String, String> attributes = new LinkedHashMap<>();

  /**
   * Opens an output, new or to be continued.
   *
   * @param settings what decides the bytes of its pictures
   */
  ImageSink open(Path output, Encoding encoding, String settings) throws IOException {
    Layout chosen = layoutOf(output);
    if (encoding == Encoding.RAW && chosen != Layout.pack) {
      throw new IllegalArgumentException("--encoding raw is for packs (-o NAME.h5) only");
    }
    if (chosen == Layout.pack && Files.exists(output) && Pack.isPack(output)) {
      try (Pack pack = Pack.open(output)) {
        String stated = pack.attributes().getOrDefault(SETTINGS, "unknown");
        RunSettings.requireSame(output, stated, settings);
      }
    }
    Path folder = output.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    RunSettings.begin(output, settings);
    return switch (chosen) {
      case pack -> PackWriter.open(output, encoding, attributes(settings));
      case bioscan -> BioscanSink.open(output, attributes(settings));
      case zip ->
          new JpegNames(ZipExport.open(output, packageName == null ? stem(output) : packageName));
      default -> new JpegNames(FolderSink.open(output));
    };
  }

  /** Removes an output with all that belongs to it, finished or not. */
  void delete(Path output) throws IOException {
    if (Files.isDirectory(output)) {
      throw new IOException(output + " is a folder; remove it yourself to begin anew");
    }
    for (String ending : new String[] {"", ".partial", ".spool", ".spool.partial"}) {
      Files.deleteIfExists(output.resolveSibling(output.getFileName() + ending));
    }
    RunSettings.end(output);
  }

  private Map<String, String> attributes(String settings) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("created_by", "instar " + BuildVersion.number());
    all.put(SETTINGS, settings);
    all.putAll(attributes);
    return all;
  }

  private Layout layoutOf(Path output) {
    if (layout != Layout.auto) {
      return layout;
    }
    String name = output.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".h5") || name.endsWith(".hdf5")) {
      return Layout.pack;
    }
    return name.endsWith(".zip") ? Layout.zip : Layout.folder;
  }

  private static String stem(Path output) {
    String name = output.getFileName().toString();
    return name.endsWith(".zip") ? name.substring(0, name.length() - 4) : name;
  }
}
