package dev.instar.cli;

import dev.instar.fetch.Catalogue;
import dev.instar.fetch.PublishedFile;
import dev.instar.fetch.Source;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar fetch}: the published files. */
@Command(
    name = "fetch",
    header = "Fetch the published files of BIOSCAN-1M.",
    description = {
      "Fetch published files of BIOSCAN-1M. The same command, run again, continues where it stopped; what is there and right is not fetched again.",
      "HF_TOKEN is sent to huggingface.co alone; HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY are heeded."
    },
    synopsisSubcommandLabel = "[weights MODEL...]",
    commandListHeading = "%nAlso:%n",
    subcommands = FetchWeightsCommand.class,
    footer = {
      "%nExamples:",
      "  instar fetch BIOSCAN_Insect_Dataset_metadata.tsv cropped_256.zip -o data",
      "  instar fetch 'bioscan_images_original_full_part*' -o originals --parallel 4"
    })
final class FetchCommand implements Callable<Integer> {
  private enum SourceChoice {
    auto,
    huggingface,
    zenodo,
    drive
  }

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "What to fetch; * stands for anything.")
  private List<String> names = List.of();

  @Mixin private FetchOptions options;

  @Option(
      names = "--source",
      paramLabel = "SOURCE",
      defaultValue = "auto",
      description =
          "Where from: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, the first that has it).")
  private SourceChoice source;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    FetchReport report = new FetchReport(out, err, options.json());
    Catalogue catalogue = Catalogue.published();
    if (options.list()) {
      List<PublishedFile> files =
          names.isEmpty() ? from(catalogue.files()) : chosen(catalogue, err);
      report.files(files.stream().filter(file -> !file.locations().isEmpty()).toList());
      return ExitStatus.DONE;
    }
    if (names.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "what? Give names, or --list");
    }
    if (options.hasMirror() && source != SourceChoice.auto) {
      throw new ParameterException(spec.commandLine(), "--mirror and --source exclude each other");
    }
    try {
      return report.outcomes(options.fetch(chosen(catalogue, err)));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private List<PublishedFile> chosen(Catalogue catalogue, PrintWriter err) {
    List<PublishedFile> files = new ArrayList<>();
    for (String name : names) {
      List<PublishedFile> found;
      try {
        found = catalogue.find(name);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), e.getMessage(), e);
      }
      if (found.size() == 1 && !name.contains("*") && !found.get(0).name().equalsIgnoreCase(name)) {
        err.printf("instar: %s is published as %s%n", name, found.get(0).name());
      }
      files.addAll(found);
    }
    return from(files);
  }

  private List<PublishedFile> from(List<PublishedFile> files) {
    return source == SourceChoice.auto
        ? files
        : files.stream()
            .map(file -> file.from(Source.valueOf(source.name().toUpperCase(Locale.ROOT))))
            .toList();
  }
}
