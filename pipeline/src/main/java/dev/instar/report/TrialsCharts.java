package dev.instar.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the networks of trials got wrong: charts of one combination beside the other. */
final class TrialsCharts {
  private static final int MOST_BARS = 120;
  private static final int MOST_CELLS = 60;

  /** A matrix takes up to 200 kB; a page of a hundred would be no use. */
  private static final int MOST_COMBINATIONS = 8;

  private final Trials trials;
  private final Map<Combination, PooledEvaluation> evaluations = new LinkedHashMap<>();
  private final int left;

  /** The evaluations of the best combinations, by their mean top-1 on the validation set. */
  TrialsCharts(Trials trials, SweepEvidence evidence) {
    this.trials = trials;
    List<Combination> all = new ArrayList<>();
    for (Combination combination : trials.byValidation()) {
      evidence
          .evaluation(combination)
          .ifPresent(
              evaluation -> {
                all.add(combination);
                if (all.size() <= MOST_COMBINATIONS) {
                  evaluations.put(combination, evaluation);
                }
              });
    }
    left = all.size() - evaluations.size();
  }

  boolean isEmpty() {
    return evaluations.isEmpty();
  }

  void write(Html html) {
    writeFolded(
        html,
        "Confusion",
        confusion -> ConfusionHeat.of(confusion, largest(confusion, MOST_CELLS)),
        "A row is a true class; its cells are percent of its records that were taken for each class, their darkness the square root of that. Classes are in the order of their number of records. Counts are of the networks of all seeds together."
            + limit(MOST_CELLS));
    writeFolded(
        html,
        "Accuracy of each class",
        confusion -> AccuracyBars.of(confusion, largest(confusion, MOST_BARS)),
        "Means over seeds; intervals are Wilson's, of 95%, for the records of the class: more seeds do not make them narrower."
            + limit(MOST_BARS));
    html.raw("<h3>Accuracy by size of the class</h3>\n<div class=\"panel charts wide\">\n");
    evaluations.forEach(
        (combination, evaluation) ->
            html.raw(SizeDots.of(trials.label(combination), evaluation.confusion())));
    html.raw("</div>\n");
    note(
        html,
        "A dot is a class, by its number of records here, with the interval of its accuracy: the fewer the records, the less is known.");
    html.raw("<h3>Calibration</h3>\n<div class=\"panel charts wide\">\n");
    evaluations.forEach(
        (combination, evaluation) ->
            html.raw(
                ReliabilityDiagram.of(
                    trials.label(combination)
                        + ": expected error "
                        + Figures.accuracy(evaluation.calibrationError()),
                    evaluation.calibration())));
    html.raw("</div>\n");
    note(
        html,
        "Bars reach how often the networks are right, dots lie at how sure they are; on the dashed line they are as right as they are sure. Predictions are of all seeds together, the expected error is the mean of the seeds'.");
  }

  private String limit(int most) {
    int classes =
        evaluations.values().stream()
            .mapToInt(evaluation -> evaluation.confusion().presentByCount().size())
            .max()
            .orElse(0);
    String fewer =
        left == 0 ? "" : " " + left + " more combinations are not drawn, the worst on validation.";
    return (classes > most ? " The " + most + " largest classes." : "") + fewer;
  }

  private static List<Integer> largest(NamedConfusion confusion, int most) {
    List<Integer> present = confusion.presentByCount();
    return present.subList(0, Math.min(most, present.size()));
  }

  /** A chart for each combination: the best one open, the others to be opened. */
  private void writeFolded(
      Html html, String heading, Function<NamedConfusion, String> chart, String note) {
    html.element("h3", "", heading).raw("\n");
    boolean open = true;
    for (Map.Entry<Combination, PooledEvaluation> entry : evaluations.entrySet()) {
      html.raw(open ? "<details class=\"panel\" open=\"\">" : "<details class=\"panel\">");
      html.element("summary", "", trials.label(entry.getKey()));
      html.raw("\n").raw(chart.apply(entry.getValue().confusion())).raw("</details>\n");
      open = false;
    }
    note(html, note);
  }

  private static void note(Html html, String text) {
    html.element("p", "class=\"note\"", text);
  }
}
