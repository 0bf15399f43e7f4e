package dev.instar.report;

import dev.instar.sweep.Measure;
import java.util.List;

/** The effects of a sweep's factors as forest plots. */
final class EffectCharts {
  private static final List<Measure> MEASURES = List.of(Measure.TOP1, Measure.MACRO_TOP1);

  /** The usual level of significance. */
  private static final double SIGNIFICANT = 0.05;

  private EffectCharts() {}

  /** Writes the charts, or that there is no pair of cells to compare. */
  static void write(Html html, Effects effects, Part part) {
    if (effects.overall().isEmpty()) {
      html.raw("<p class=\"none\">No two finished cells differ in one factor only.</p>\n");
      return;
    }
    for (Measure measure : MEASURES) {
      List<ForestPlot.Row> rows =
          effects.overall().stream()
              .filter(effect -> effect.part() == part && effect.measure() == measure)
              .map(EffectCharts::row)
              .toList();
      if (!rows.isEmpty()) {
        html.element("h3", "", measure.label() + " on the " + part.key() + " set").raw("\n");
        ForestPlot plot = new ForestPlot("percentage points", rows);
        html.raw("<div class=\"panel\">").raw(plot.svg(share -> Figures.tick(100 * share)));
        html.raw("</div>\n");
      }
    }
    html.element(
        "p",
        "class=\"note\"",
        "A dot is the mean of paired differences, its line the 95% interval of Student's t. A full dot is significant: p below 0.05 after Holm's correction for all changes of the measure. The table of effects says how pairs are made, and has Wilcoxon's test too.");
  }

  private static ForestPlot.Row row(Effect effect) {
    PairedTest test = effect.test();
    String value = Figures.difference(effect.measure(), test.mean());
    String p = Double.isNaN(effect.holmT()) ? "" : ", p " + Figures.chance(effect.holmT());
    String n = test.n() + (effect.unit() == Effect.Unit.SEED ? " seeds" : " conditions");
    return new ForestPlot.Row(
        effect.contrast().factor() + ": " + effect.contrast().change(),
        test.mean(),
        test.low(),
        test.high(),
        effect.holmT() < SIGNIFICANT,
        value + " of " + n + p,
        effect.contrast().change() + ": " + value + " percentage points in the mean of " + n);
  }
}
