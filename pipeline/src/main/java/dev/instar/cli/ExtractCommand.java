package dev.instar.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.pack.Extraction;
import dev.instar.pack.FolderSink;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.NameTable;
import dev.instar.pack.Sources;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar extract}: pictures of a collection as files. */
@Command(
    name = "extract",
    header = "Take pictures out of a pack into a folder.",
    customSynopsis = "instar extract COLLECTION -o DIR [NAME...] [OPTIONS]",
    description =
        "Byte for byte; raw pixels become PNG. All of them, or those that are named. Reads anything that convert reads.",
    footer = {
      "%nExamples:",
      "  instar extract pack.h5 -o pictures/",
      "  instar extract cropped_256.hdf5 -o some/ 5351601.jpg BIOUG73231-D12.jpg"
    })
final class ExtractCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "COLLECTION", description = "Where from.")
  private String input;

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "NAME", description = "Only these.")
  private List<String> names = List.of();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "The folder; it also gets records.csv.")
  private Path folder;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Extraction extraction;
    try (ImageSource source = Sources.open(List.of(input), Limits.DEFAULT)) {
      int[] indices = indices(source);
      try (FolderSink sink = FolderSink.open(folder)) {
        extraction = Extraction.of(source, indices, sink);
        sink.finish();
      }
    }
    print(extraction, spec.commandLine().getOut());
    return extraction.refused().isEmpty() ? ExitStatus.DONE : ExitStatus.QUARANTINED;
  }

  private int[] indices(ImageSource source) throws IOException {
    if (names.isEmpty()) {
      return IntStream.range(0, source.size()).toArray();
    }
    NameTable wanted = new NameTable();
    names.forEach(wanted::add);
    int[] indices = new int[wanted.size()];
    Arrays.fill(indices, -1);
    for (int i = 0; i < source.size(); i++) {
      int number = wanted.find(source.name(i));
      if (number != NameTable.NONE) {
        indices[number] = i;
      }
    }
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] < 0) {
        throw new IOException(input + " has no record " + wanted.get(i));
      }
    }
    return indices;
  }

  private void print(Extraction extraction, PrintWriter out) throws IOException {
    if (json) {
      out.println(
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(extraction));
      return;
    }
    extraction
        .refused()
        .forEach(r -> out.printf("%s: %s: %s%n", r.location(), r.reason(), r.message()));
    out.printf(
        Locale.ROOT,
        "%s: %,d written, %,d already there, %,d refused%n",
        folder,
        extraction.written(),
        extraction.alreadyThere(),
        extraction.refused().size());
  }
}
