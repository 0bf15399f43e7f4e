package dev.instar.report;

import dev.instar.evaluate.Calibration;
import dev.instar.evaluate.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An evaluation as one HTML page that needs nothing beside it: no script, no network. It follows
 * the reader's light or dark scheme.
 */
public record EvaluationPage(EvaluationReport report) {
  private static final int MOST_BARS = 120;
  private static final int MOST_CELLS = 60;

  /** More figures than these and the others do not fit into one row. */
  private static final int MOST_KS = 3;

  /** The page. */
  public String html() {
    StringBuilder page = new StringBuilder(1 << 18);
    Html html = new Html(page);
    Page.begin(html, report.run() + ": " + report.split(), lead());
    writeFigures(html);
    section(html, "Measures", EvaluationText.measures(report), intervals());
    writeBars(html);
    writeConfusion(html);
    if (report.evaluation().confusion().accuracy() < 1) {
      section(html, "Most frequent mistakes", EvaluationText.mistakes(report), "");
    }
    writeCalibration(html);
    if (!report.ranks().isEmpty()) {
      section(
          html,
          "At wider ranks",
          EvaluationText.ranks(report),
          "Records count whose " + report.task() + " is of a known taxon at that rank.");
    }
    section(html, "Every " + report.task(), EvaluationText.classes(report), absent());
    EvaluationText.reference(report)
        .ifPresent(
            table ->
                section(
                    html,
                    "As the published program computes it",
                    table,
                    "To compare with published numbers; docs/evaluation.md says what is wrong with them."));
    List<List<String>> settings = new ArrayList<>();
    report.settings().forEach((name, value) -> settings.add(List.of(name, value)));
    section(html, "How it was made", new Table(List.of("setting", "value"), settings), "");
    Page.end(html);
    return page.toString();
  }

  private String lead() {
    StringBuilder lead = new StringBuilder();
    lead.append(Figures.count(report.evaluation().size())).append(" records of ");
    lead.append(report.evaluation().presentClasses()).append(" classes (").append(report.task());
    lead.append(')');
    report
        .leftOut()
        .forEach((why, count) -> lead.append("; ").append(Figures.count(count) + " " + why));
    return lead.toString();
  }

  private void writeFigures(Html html) {
    Evaluation evaluation = report.evaluation();
    html.raw("<section><dl class=\"figures\">");
    for (int k : report.ks().subList(0, Math.min(MOST_KS, report.ks().size()))) {
      Page.figure(html, "top-" + k, Figures.accuracy(evaluation.top(k)));
    }
    Page.figure(html, "macro top-1", Figures.accuracy(evaluation.macroTop(1)));
    Page.figure(html, "macro F1", Figures.accuracy(evaluation.macroF1()));
    Calibration calibration = evaluation.calibration(Calibration.BINS);
    Page.figure(html, "calibration error", Figures.accuracy(calibration.expectedError()));
    Page.figure(html, "loss", Figures.number(evaluation.loss(), 3));
    html.raw("</dl></section>\n");
  }

  private String intervals() {
    return "Intervals of top-k and average-k are Wilson's; others are percentiles of "
        + report
            .bootstrap()
            .map(bootstrap -> Figures.count(bootstrap.replicates()) + " bootstrap replicates.")
            .orElse("bootstrap replicates, which were not asked for.");
  }

  private String absent() {
    int absent = report.classes().size() - report.evaluation().presentClasses();
    return absent == 0
        ? ""
        : absent + " more classes have no record here; macro averages leave them out.";
  }

  private void writeBars(Html html) {
    List<Integer> present = report.confusion().presentByCount();
    List<Integer> shown = present.subList(0, Math.min(MOST_BARS, present.size()));
    html.raw("<section>").element("h2", "", "Accuracy of each " + report.task());
    html.raw("\n<div class=\"panel\">")
        .raw(AccuracyBars.of(report.confusion(), shown))
        .raw("</div>");
    String left = shown.size() < present.size() ? " The " + shown.size() + " largest." : "";
    note(html, "By falling number of records, with Wilson intervals of 95%." + left);
    html.raw("</section>\n");
  }

  private void writeConfusion(Html html) {
    List<Integer> present = report.confusion().presentByCount();
    List<Integer> shown = present.subList(0, Math.min(MOST_CELLS, present.size()));
    html.raw("<section><h2>Confusion</h2>\n<div class=\"panel\">");
    html.raw(ConfusionHeat.of(report.confusion(), shown)).raw("</div>");
    String left = shown.size() < present.size() ? " The " + shown.size() + " largest classes." : "";
    note(
        html,
        "A row is a true class; its cells are percent of its records that were taken for each class, its darkness the square root of that."
            + left);
    html.raw("</section>\n");
  }

  private void writeCalibration(Html html) {
    Calibration calibration = report.evaluation().calibration(Calibration.BINS);
    html.raw("<section><h2>Calibration</h2>\n<div class=\"panel\">");
    html.raw(ReliabilityDiagram.of("", calibration)).raw("</div>");
    note(
        html,
        String.format(
            Locale.ROOT,
            "Bars reach how often the network is right, dots lie at how sure it is; on the dashed line it is as right as it is sure. Expected error %s, greatest %s.",
            Figures.accuracy(calibration.expectedError()),
            Figures.accuracy(calibration.greatestError())));
    html.raw("</section>\n");
  }

  private static void section(Html html, String heading, Table table, String note) {
    html.raw("<section>").element("h2", "", heading).raw("\n");
    ContactSheet.writeTable(html, table);
    note(html, note);
    html.raw("</section>\n");
  }

  private static void note(Html html, String text) {
    if (!text.isEmpty()) {
      html.element("p", "class=\"note\"", text);
    }
  }
}
