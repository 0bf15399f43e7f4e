package dev.instar.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.image.Region;
import dev.instar.pack.ImageRecord;
import dev.instar.pack.Pack;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar inspect}: what a pack holds. */
@Command(
    name = "inspect",
    header = "Show what a pack holds.",
    customSynopsis = "instar inspect PACK [NAME...] [OPTIONS]",
    description = "Its attributes, the sizes of its pictures, and its records.",
    footer = {
      "%nExamples:",
      "  instar inspect pack.h5",
      "  instar inspect pack.h5 --list | sort -t$'\\t' -k8n | head"
    })
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PACK", description = "The pack.")
  private Path path;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "NAME",
      description = "Show these records instead of the whole.")
  private List<String> names = List.of();

  @Option(names = "--list", description = "List every record, a line each, separated by tabs.")
  private boolean list;

  @Option(names = "--json", description = "Print JSON; with --list or names, an object a line.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Pack pack = Pack.open(path)) {
      if (list || !names.isEmpty()) {
        listRecords(pack, out);
      } else if (json) {
        printJson(pack, out);
      } else {
        print(pack, out);
      }
    }
    return ExitStatus.DONE;
  }

  private void listRecords(Pack pack, PrintWriter out) throws IOException {
    int[] chosen = names.isEmpty() ? IntStream.range(0, pack.size()).toArray() : indices(pack);
    if (!json) {
      out.println(
          "name\tpart\twidth\theight\toriginal_width\toriginal_height\tbox\tbytes\tcrc32c\tarea_fraction\tscale_factor");
    }
    for (int index : chosen) {
      ImageRecord record = pack.record(index);
      if (json) {
        out.println(RecordJson.of(pack, index));
      } else {
        out.printf(
            Locale.ROOT,
            "%s\t%d\t%d\t%d\t%d\t%d\t%s\t%d\t%08x\t%.6f\t%.4f%n",
            record.name(),
            record.part(),
            record.size().width(),
            record.size().height(),
            record.original().width(),
            record.original().height(),
            record.box(),
            pack.length(index),
            pack.crc32c(index),
            record.areaFraction(),
            record.scaleFactor());
      }
    }
  }

  private int[] indices(Pack pack) throws IOException {
    int[] indices = new int[names.size()];
    for (int i = 0; i < indices.length; i++) {
      OptionalInt index = pack.indexOf(names.get(i));
      if (index.isEmpty()) {
        throw new IOException(path + " has no record " + names.get(i));
      }
      indices[i] = index.getAsInt();
    }
    return indices;
  }

  private void print(Pack pack, PrintWriter out) {
    long bytes = IntStream.range(0, pack.size()).mapToLong(pack::length).sum();
    out.printf(Locale.ROOT, "%s%n", path);
    out.printf(
        Locale.ROOT,
        "  %,d records, %s, %,d bytes of pictures%n",
        pack.size(),
        pack.encoding().label(),
        bytes);
    if (pack.size() > 0) {
      spread(out, "bytes", pack, pack::length);
      spread(out, "width", pack, i -> pack.record(i).size().width());
      spread(out, "height", pack, i -> pack.record(i).size().height());
      spread(out, "original width", pack, i -> pack.record(i).original().width());
      spread(out, "original height", pack, i -> pack.record(i).original().height());
      long cropped = IntStream.range(0, pack.size()).filter(i -> isCropped(pack.record(i))).count();
      out.printf(Locale.ROOT, "  %,d cropped%n", cropped);
    }
    new TreeMap<>(pack.attributes()).forEach((key, value) -> out.printf("  %s = %s%n", key, value));
  }

  private static boolean isCropped(ImageRecord record) {
    return !record.box().equals(Region.of(record.original()));
  }

  private static void spread(PrintWriter out, String what, Pack pack, IntUnaryOperator value) {
    int[] values = IntStream.range(0, pack.size()).map(value).sorted().toArray();
    out.printf(
        Locale.ROOT,
        "  %-16s min %,d  median %,d  max %,d%n",
        what,
        values[0],
        values[values.length / 2],
        values[values.length - 1]);
  }

  private void printJson(Pack pack, PrintWriter out) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    out.println(
        mapper
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(
                mapper
                    .createObjectNode()
                    .put("path", path.toString())
                    .put("records", pack.size())
                    .put("encoding", pack.encoding().label())
                    .put("bytes", IntStream.range(0, pack.size()).mapToLong(pack::length).sum())
                    .set("attributes", mapper.valueToTree(new TreeMap<>(pack.attributes())))));
  }
}
