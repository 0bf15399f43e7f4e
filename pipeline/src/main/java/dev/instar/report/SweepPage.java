package dev.instar.report;

import dev.instar.sweep.CellFailure;
import dev.instar.sweep.CellResult;
import dev.instar.sweep.CellState;
import dev.instar.sweep.Measure;
import dev.instar.train.HistoryFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sweep, or a single training, as one HTML page that needs nothing beside it: no script, no
 * network. It follows the reader's light or dark scheme. docs/report.md says what each chart shows.
 * Immutable.
 */
public final class SweepPage {
  private final SweepReport report;
  private final SweepTables tables;
  private final Part part;
  private final List<Trials> trials;
  private final SweepEvidence evidence;
  private final WorstMistakes mistakes;

  private SweepPage(
      SweepReport report,
      SweepTables tables,
      Part part,
      List<Trials> trials,
      SweepEvidence evidence,
      WorstMistakes mistakes) {
    this.report = report;
    this.tables = tables;
    this.part = part;
    this.trials = trials;
    this.evidence = evidence;
    this.mistakes = mistakes;
  }

  /**
   * Reads what the page needs beside the results: histories, evaluations, predictions, pictures.
   *
   * @param part that charts are of
   * @param pictures of the worst mistakes, the most of each set of records
   */
  public static SweepPage read(SweepReport report, SweepTables tables, Part part, int pictures)
      throws IOException {
    List<Trials> trials = Trials.of(report.cells());
    return new SweepPage(
        report,
        tables,
        part,
        trials,
        SweepEvidence.read(report.cells(), part),
        WorstMistakes.read(trials, part, pictures));
  }

  /** Files that are damaged and were left out, a sentence each. */
  public List<String> faults() {
    List<String> faults = new ArrayList<>(evidence.faults());
    faults.addAll(mistakes.faults());
    return faults;
  }

  /** The page. */
  public String html() {
    StringBuilder page = new StringBuilder(1 << 20);
    Html html = new Html(page);
    String style = Resource.text("report.css");
    Page.begin(html, report.name(), report.headline() + ".", "img-src data:; ", style);
    writeContents(html);
    writeFigures(html);
    writeUnfinished(html);
    writeFaults(html);
    boolean several = report.cells().size() > 1;
    if (!report.results().isEmpty()) {
      if (several) {
        writeBest(html);
      }
      writeTables(html);
      if (several) {
        writeEffects(html);
      }
    }
    LineStyles styles = new LineStyles(trials, report.cells());
    trials.forEach(of -> writeTrials(html, of, styles));
    writeOrigins(html);
    Page.end(html);
    return page.toString();
  }

  private void writeContents(Html html) {
    if (trials.size() < 2) {
      return;
    }
    html.raw("<nav class=\"contents\">");
    for (Trials of : trials) {
      html.raw("<a href=\"#" + of.id() + "\">").text(of.label()).raw("</a>");
    }
    html.raw("<a href=\"#origins\">origins</a></nav>\n");
  }

  private void writeFigures(Html html) {
    List<CellResult> results = report.results();
    html.raw("<section><dl class=\"figures\">");
    Page.figure(html, "cells done", results.size() + " of " + report.cells().size());
    for (CellState state : CellState.values()) {
      if (state != CellState.DONE && count(state) > 0) {
        Page.figure(html, SweepReport.word(state), Figures.count(count(state)));
      }
    }
    long records = results.stream().mapToLong(result -> result.test().records()).sum();
    if (records > 0) {
      Page.figure(html, "test records classified", Figures.count(records));
    }
    Page.figure(html, "training time in all", Figures.number(seconds() / 3600, 1) + " h");
    html.raw("</dl></section>\n");
  }

  private long count(CellState state) {
    return report.cells().stream().filter(cell -> cell.state() == state).count();
  }

  /** Of unfinished cells too, as far as their histories tell. */
  private double seconds() {
    return report.cells().stream()
        .mapToDouble(cell -> cell.result().map(CellResult::seconds).orElseGet(() -> logged(cell)))
        .sum();
  }

  private double logged(CellReport cell) {
    return lastEpoch(cell).map(HistoryFile.Epoch::seconds).filter(Double::isFinite).orElse(0.0);
  }

  private Optional<HistoryFile.Epoch> lastEpoch(CellReport cell) {
    List<HistoryFile.Epoch> epochs = evidence.history(cell).epochs();
    return epochs.isEmpty() ? Optional.empty() : Optional.of(epochs.get(epochs.size() - 1));
  }

  private void writeUnfinished(Html html) {
    List<List<String>> rows = new ArrayList<>();
    for (CellReport cell : report.cells()) {
      if (cell.result().isEmpty()) {
        rows.add(
            List.of(cell.cell().name(), SweepReport.word(cell.state()), howFar(cell), why(cell)));
      }
    }
    if (!rows.isEmpty()) {
      html.raw("<div class=\"unfinished\">");
      section(
          html,
          "Not finished",
          new Table(List.of("cell", "state", "so far", "why"), rows),
          "Tables count finished cells only; curves have what there is.");
      html.raw("</div>\n");
    }
  }

  private String howFar(CellReport cell) {
    return lastEpoch(cell)
        .map(
            epoch ->
                Figures.count(epoch.epoch() + 1L)
                    + (epoch.epoch() == 0 ? " epoch" : " epochs")
                    + (Double.isFinite(epoch.top1())
                        ? ", validation top-1 " + Figures.accuracy(epoch.top1())
                        : ""))
        .orElse("");
  }

  private static String why(CellReport cell) {
    return cell.failure().map(CellFailure::message).orElse("");
  }

  private void writeFaults(Html html) {
    if (!faults().isEmpty()) {
      List<List<String>> rows = faults().stream().map(List::of).toList();
      section(html, "Left out", new Table(List.of("what is damaged"), rows), "");
    }
  }

  private void writeBest(Html html) {
    List<List<String>> rows = new ArrayList<>();
    for (Trials of : trials) {
      of.byValidation().stream().findFirst().ifPresent(best -> rows.add(best(of, best)));
    }
    section(
        html,
        "Best of each",
        new Table(
            List.of(
                "records",
                "best",
                "seeds",
                "validation top-1",
                part.key() + " top-1 (%)",
                part.key() + " macro top-1 (%)",
                part.key() + " macro F1 (%)"),
            rows),
        "By mean top-1 on the validation set; mean \u00b1 standard deviation over seeds.");
  }

  private List<String> best(Trials of, Combination best) {
    return List.of(
        of.label(),
        of.label(best),
        best.seeds(),
        Figures.spread(Measure.TOP1, best.spread(Part.VALIDATION, Measure.TOP1)),
        Figures.spread(Measure.TOP1, best.spread(part, Measure.TOP1)),
        Figures.spread(Measure.MACRO_TOP1, best.spread(part, Measure.MACRO_TOP1)),
        Figures.spread(Measure.MACRO_F1, best.spread(part, Measure.MACRO_F1)));
  }

  private void writeTables(Html html) {
    html.raw("<section><h2>Results</h2>\n");
    writeTables(html, "results-" + part.key(), true);
    for (Part other : Part.values()) {
      if (other != part) {
        writeTables(html, "results-" + other.key(), false);
      }
    }
    writeTables(html, "classes-", false);
    html.raw("</section>\n");
  }

  private void writeEffects(Html html) {
    html.raw("<section><h2>Effects of factors</h2>\n");
    EffectCharts.write(html, Effects.of(report.cells()), part);
    writeTables(html, "effects", false);
    writeTables(html, "interactions", false);
    html.raw("</section>\n");
  }

  /** Those tables whose names begin so. */
  private void writeTables(Html html, String name, boolean open) {
    for (NamedTable table : tables.tables()) {
      if (table.name().startsWith(name)) {
        html.raw(open ? "<details open=\"\">" : "<details>");
        html.element("summary", "", table.title()).raw("\n");
        ContactSheet.writeTable(html, table.table(), table.best());
        html.element("p", "class=\"note\"", table.caption());
        html.raw("</details>\n");
      }
    }
  }

  private void writeTrials(Html html, Trials of, LineStyles styles) {
    html.raw("<section class=\"trials\" id=\"" + of.id() + "\">").element("h2", "", of.label());
    html.raw("\n<h3>Learning</h3>\n");
    new LearningCurves(of, evidence, styles).write(html);
    TrialsCharts charts = new TrialsCharts(of, evidence);
    if (charts.isEmpty()) {
      html.element(
          "p",
          "class=\"none\"",
          "No finished cell here has an evaluation (evaluation-"
              + part.key()
              + ".json), which the charts of mistakes are drawn from.");
    } else {
      charts.write(html);
      html.raw("<h3>Worst mistakes</h3>\n");
      mistakes.write(html, of);
    }
    html.raw("</section>\n");
  }

  private void writeOrigins(Html html) {
    html.raw("<section id=\"origins\"><h2>Origins</h2>\n");
    if (report.results().isEmpty()) {
      html.raw("<p class=\"none\">No cell is finished yet.</p></section>\n");
      return;
    }
    Origins origins = new Origins(report.results());
    writeOrigin(html, "Data", origins.data());
    writeOrigin(html, "Versions and machines", origins.environment());
    writeOrigin(html, "Settings that differ", origins.different());
    html.raw("<details><summary>Settings of all cells</summary>\n");
    ContactSheet.writeTable(html, origins.common());
    html.raw("</details>\n");
    writeTables(html, "cells", false);
    writeTables(html, "time", false);
    writeTables(html, "commands", false);
    html.raw("</section>\n");
  }

  private static void writeOrigin(Html html, String heading, Table table) {
    if (!table.rows().isEmpty()) {
      html.element("h3", "", heading).raw("\n");
      ContactSheet.writeTable(html, table);
    }
  }

  private static void section(Html html, String heading, Table table, String note) {
    html.raw("<section>").element("h2", "", heading).raw("\n");
    ContactSheet.writeTable(html, table);
    if (!note.isEmpty()) {
      html.element("p", "class=\"note\"", note);
    }
    html.raw("</section>\n");
  }
}
