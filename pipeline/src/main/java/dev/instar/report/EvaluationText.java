package dev.instar.report;

import dev.instar.evaluate.AverageK;
import dev.instar.evaluate.Bootstrap;
import dev.instar.evaluate.Calibration;
import dev.instar.evaluate.ConfusionMatrix;
import dev.instar.evaluate.ConfusionMatrix.Cell;
import dev.instar.evaluate.ConfusionMatrix.Over;
import dev.instar.evaluate.Evaluation;
import dev.instar.evaluate.Interval;
import dev.instar.evaluate.RankAccuracy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** An evaluation as tables for a terminal; its page shows the same ones. */
public final class EvaluationText {
  private static final int WORST = 15;

  private EvaluationText() {}

  /** One row a measure of all samples. */
  public static Table measures(EvaluationReport report) {
    Evaluation evaluation = report.evaluation();
    ConfusionMatrix confusion = evaluation.confusion();
    List<List<String>> rows = new ArrayList<>();
    for (int k : report.ks()) {
      Interval interval = Interval.wilson(evaluation.topCount(k), evaluation.size());
      rows.add(List.of("top-" + k, Figures.accuracy(evaluation.top(k)), shown(interval)));
    }
    for (int k : report.ks()) {
      String value = Figures.accuracy(evaluation.macroTop(k));
      rows.add(List.of("macro top-" + k, value, drawn(report, b -> b.macroTop().get(k))));
    }
    rows.add(
        List.of(
            "macro F1", Figures.accuracy(evaluation.macroF1()), drawn(report, Bootstrap::macroF1)));
    rows.add(List.of("weighted F1", Figures.accuracy(confusion.weightedF1()), ""));
    rows.add(
        List.of("macro precision", Figures.accuracy(confusion.macroPrecision(Over.PRESENT)), ""));
    for (AverageK average : report.averageK()) {
      Interval interval = Interval.wilson(average.count(evaluation), evaluation.size());
      rows.add(
          List.of(
              "average-" + average.k(),
              Figures.accuracy(average.accuracy(evaluation)),
              shown(interval)));
    }
    rows.add(
        List.of(
            "calibration error",
            Figures.accuracy(evaluation.calibration(Calibration.BINS).expectedError()),
            ""));
    rows.add(
        List.of(
            "loss",
            Figures.number(evaluation.loss(), 4),
            report
                .bootstrap()
                .map(b -> number(b.loss().low()) + " - " + number(b.loss().high()))
                .orElse("")));
    return new Table(List.of("measure", "value", "95% interval"), rows);
  }

  private static String drawn(EvaluationReport report, Function<Bootstrap, Interval> of) {
    return report.bootstrap().map(of).map(EvaluationText::shown).orElse("");
  }

  private static String number(double value) {
    return Figures.number(value, 4);
  }

  /** An interval of accuracies. */
  static String shown(Interval interval) {
    return Figures.accuracy(interval.low()) + " - " + Figures.accuracy(interval.high());
  }

  /** One row a class that has samples, the most frequent first. */
  public static Table classes(EvaluationReport report) {
    ConfusionMatrix confusion = report.evaluation().confusion();
    List<List<String>> rows = new ArrayList<>();
    for (int c : report.confusion().presentByCount()) {
      Interval interval = Interval.wilson(confusion.hits(c), confusion.support(c));
      rows.add(
          List.of(
              report.name(c),
              Figures.count(confusion.support(c)),
              Figures.accuracy(confusion.recall(c)),
              shown(interval),
              confusion.predicted(c) == 0 ? "" : Figures.accuracy(confusion.precision(c)),
              Figures.accuracy(confusion.f1(c))));
    }
    return new Table(
        List.of(report.task(), "records", "accuracy", "95% interval", "precision", "F1"), rows);
  }

  /** One row a rank above the classes'. */
  public static Table ranks(EvaluationReport report) {
    List<List<String>> rows = new ArrayList<>();
    for (RankAccuracy rank : report.ranks()) {
      rows.add(
          List.of(
              rank.rank(),
              Figures.count(rank.taxa()),
              Figures.count(rank.samples()),
              Figures.accuracy(rank.accuracy()),
              shown(Interval.wilson(rank.hits(), rank.samples())),
              Figures.accuracy((double) rank.hitsOfSums() / rank.samples()),
              rank.mistakes() == 0 ? "" : Figures.accuracy(rank.mistakesInside())));
    }
    return new Table(
        List.of(
            "rank",
            "taxa",
            "records",
            "accuracy",
            "95% interval",
            "of summed probabilities",
            "mistakes in the right one"),
        rows);
  }

  /** The most frequent mistakes. */
  static Table mistakes(EvaluationReport report) {
    ConfusionMatrix confusion = report.evaluation().confusion();
    List<List<String>> rows = new ArrayList<>();
    for (Cell cell : confusion.worst(WORST)) {
      rows.add(
          List.of(
              report.name(cell.label()),
              report.name(cell.predicted()),
              Figures.count(cell.count()),
              Figures.percent((double) cell.count() / confusion.support(cell.label()))));
    }
    return new Table(List.of("is", "was taken for", "records", "share of the class"), rows);
  }

  /** The measures as the reference computes them, if they were asked for. */
  public static Optional<Table> reference(EvaluationReport report) {
    return report.reference().map(thresholds -> reference(report, thresholds));
  }

  private static Table reference(EvaluationReport report, List<AverageK> thresholds) {
    Evaluation evaluation = report.evaluation();
    List<List<String>> rows = new ArrayList<>();
    for (int k : report.ks()) {
      rows.add(
          List.of(
              "macro top-" + k + ", absent classes as 0",
              Figures.accuracy(evaluation.macroTopOverAll(k))));
    }
    rows.add(
        List.of(
            "macro F1 with classes that were only predicted",
            Figures.accuracy(evaluation.confusion().macroF1(Over.SEEN))));
    for (AverageK average : thresholds) {
      rows.add(
          List.of(
              "average-" + average.k() + ", threshold of two samples",
              Figures.accuracy(average.accuracy(evaluation))));
    }
    evaluation
        .referenceLoss(EvaluationReport.REFERENCE_BATCH)
        .ifPresent(loss -> rows.add(List.of("loss over batches less one", number(loss))));
    return new Table(List.of("as the reference", "value"), rows);
  }
}
