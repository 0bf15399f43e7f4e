package dev.instar.cli;

import dev.instar.crop.BoxPairs;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.report.BoxEvaluationJson;
import dev.instar.report.BoxEvaluationReport;
import dev.instar.report.BoxEvaluationText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar crop evaluate}: how good boxes are beside true ones. */
@Command(
    name = "evaluate",
    description = {
      "Compare boxes with true ones: mean IoU of the best box of each photograph, recall, misses, empty photographs, COCO's AP and AR, and the quality where both files state it.",
      "A photograph with a box that has none found counts as IoU 0. One without a true box counts as empty if its quality is 'empty', or if the truth states no qualities.",
      "Boxes that were drawn on another size of the picture are scaled. True photographs that were not looked at are named and left out (exit status 3)."
    },
    footer = {
      "",
      "Examples:",
      "  instar crop evaluate boxes.csv labels.csv",
      "  instar crop evaluate boxes.csv coco.json --worst 20",
      "  instar crop evaluate boxes.csv coco.json --json > measures.json"
    })
final class CropEvaluateCommand implements Callable<Integer> {
  private static final int NAMED = 5;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "BOXES",
      description = "What was found: CSV, COCO's JSON or BIOSCAN-5M's TSV.")
  private Path found;

  @Parameters(
      index = "1",
      paramLabel = "TRUTH",
      description = "The true boxes, in any of these forms; a column quality is compared too.")
  private Path truth;

  @Option(
      names = "--worst",
      paramLabel = "N",
      defaultValue = "0",
      converter = Converters.Count.class,
      description = "List the N worst photographs.")
  private int worst;

  @Mixin private BootstrapOptions bootstrap;

  @Option(names = "--json", description = "Print the JSON instead of tables.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    BoxPairs pairs = BoxPairs.read(found, truth);
    complain("in " + found + ", not in " + truth, pairs.onlyFound());
    complain("in " + truth + ", not in " + found, pairs.onlyTrue());
    complain("with boxes of a picture of another shape", pairs.misshapen());
    if (pairs.pairs().isEmpty()) {
      throw new InputException(Fault.NO_BOX, "no photograph is in both " + found + " and " + truth);
    }
    BoxEvaluationReport report =
        BoxEvaluationReport.of(pairs, bootstrap.replicates(), bootstrap.seed());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(BoxEvaluationJson.of(report, worst));
    } else {
      print(out, report);
    }
    out.flush();
    return pairs.onlyTrue().isEmpty() && pairs.misshapen().isEmpty()
        ? ExitStatus.DONE
        : ExitStatus.QUARANTINED;
  }

  private void print(PrintWriter out, BoxEvaluationReport report) {
    int boxed = report.boxes().boxed();
    out.printf(
        Locale.ROOT,
        "%s beside %s: %,d photographs with a box, %,d empty ones, %,d of unknown boxes left out%n%n",
        found,
        truth,
        boxed,
        report.boxes().size() - boxed,
        report.boxes().unknown());
    out.println(BoxEvaluationText.measures(report).text());
    BoxEvaluationText.qualities(report).ifPresent(table -> out.println(table.text()));
    if (worst > 0) {
      out.println(BoxEvaluationText.worst(report, worst).text());
    }
  }

  private void complain(String what, List<String> names) {
    if (!names.isEmpty()) {
      spec.commandLine()
          .getErr()
          .printf(
              Locale.ROOT,
              "instar: %,d photographs %s are left out: %s%s%n",
              names.size(),
              what,
              Complaint.oneLine(String.join(", ", names.subList(0, Math.min(NAMED, names.size())))),
              names.size() > NAMED ? ", ..." : "");
    }
  }
}
