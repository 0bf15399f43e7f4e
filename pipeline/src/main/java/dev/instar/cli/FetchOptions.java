package dev.instar.cli;

import dev.instar.fetch.Catalogue;
import dev.instar.fetch.Downloads;
import dev.instar.fetch.FetchProgress;
import dev.instar.fetch.FetchSettings;
import dev.instar.fetch.Outcome;
import dev.instar.fetch.PublishedFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** How and where files are fetched. */
final class FetchOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Folder for the files (default: the present one).")
  private Path folder;

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description = "Fetch from a copy instead: URL/NAME, or Hugging Face's layout under URL.")
  private URI mirror;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "3",
      converter = Converters.Positive.class,
      description = "Files at a time (default: ${DEFAULT-VALUE}).")
  private int parallel;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "8",
      converter = Converters.Positive.class,
      description = "Retries in a row without progress, per source (default: ${DEFAULT-VALUE}).")
  private int retries;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      converter = Converters.Positive.class,
      description = "Longest silence of a server (default: ${DEFAULT-VALUE}).")
  private int timeout;

  @Option(names = "--list", description = "List what there is.")
  private boolean list;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  boolean list() {
    return list;
  }

  boolean json() {
    return json;
  }

  boolean hasMirror() {
    return mirror != null;
  }

  /**
   * Fetches from the mirror if one is named, else from where the files are published; stops in good
   * order on Ctrl-C.
   *
   * @throws IllegalArgumentException if the mirror, a proxy or a token of the environment makes no
   *     sense
   */
  List<Outcome> fetch(List<PublishedFile> files) throws IOException {
    List<PublishedFile> wanted =
        mirror == null
            ? files
            : files.stream().map(file -> Catalogue.mirrored(file, mirror)).toList();
    FetchProgress progress = FetchProgress.on(System.err, Terminal.onStandardError());
    FetchSettings settings = new FetchSettings(parallel, retries, Duration.ofSeconds(timeout));
    try (StopSignal stop = StopSignal.listen(System.err, "stopping; the same command continues")) {
      return new Downloads(folder, settings, System.getenv(), progress, stop::requested)
          .fetch(wanted);
    }
  }
}
