package dev.instar.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.crop.BoxForm;
import dev.instar.crop.BoxRecord;
import dev.instar.crop.BoxRecords;
import dev.instar.crop.BoxWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar crop convert}: a box file in another form. */
@Command(
    name = "convert",
    description = {
      "Write a box file in another form, by the ending: .csv (our own), .json (COCO) or .tsv (BIOSCAN-5M).",
      "CSV and COCO hold all boxes with scores and quality. A .tsv holds the best box of each photograph on whole pixels, by its file name without ending."
    },
    footer = {
      "",
      "Examples:",
      "  instar crop convert boxes.csv -o coco.json",
      "  instar crop convert BIOSCAN_5M_bbox.tsv -o boxes.csv"
    })
final class CropConvertCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "IN", description = "The box file to read.")
  private Path in;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT",
      description = "The box file to write; it appears when it is complete.")
  private Path out;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    BoxForm form =
        BoxForm.of(out)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(), out + ": a box file ends in .csv, .json or .tsv"));
    List<BoxRecord> photographs = BoxRecords.read(in);
    long boxes = 0;
    long written = 0;
    try (BoxWriter writer = BoxWriter.open(out)) {
      for (BoxRecord photograph : photographs) {
        writer.write(photograph);
        int found = photograph.detections().size();
        boxes += found;
        written += form == BoxForm.TSV ? Math.min(1, found) : found;
      }
      writer.finish();
    }
    PrintWriter printed = spec.commandLine().getOut();
    if (json) {
      printed.println(
          new ObjectMapper()
              .createObjectNode()
              .put("path", out.toString())
              .put("photographs", photographs.size())
              .put("boxes", written)
              .put("left_out", boxes - written));
    } else {
      printed.printf(
          Locale.ROOT,
          "%s: %,d photographs, %,d boxes%s%n",
          out,
          photographs.size(),
          written,
          written < boxes
              ? String.format(
                  Locale.ROOT, "; %,d worse ones of the same photographs left out", boxes - written)
              : "");
    }
    printed.flush();
    return ExitStatus.DONE;
  }
}
