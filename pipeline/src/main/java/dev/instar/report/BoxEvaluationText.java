package dev.instar.report;

import dev.instar.crop.Quality;
import dev.instar.evaluate.BoxEvaluation.Judged;
import dev.instar.evaluate.ConfusionMatrix;
import dev.instar.evaluate.ConfusionMatrix.Cell;
import dev.instar.evaluate.Interval;
import dev.instar.report.BoxEvaluationReport.Measure;
import dev.instar.report.BoxEvaluationReport.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an evaluation of boxes found, as tables for a terminal. */
public final class BoxEvaluationText {
  private BoxEvaluationText() {}

  /** One row a measure. */
  public static Table measures(BoxEvaluationReport report) {
    List<List<String>> rows = new ArrayList<>();
    for (Measure measure : report.measures()) {
      rows.add(
          List.of(
              measure.name(),
              measure.value().map(value -> shown(value, measure.unit())).orElse("-"),
              measure.interval().map(interval -> shown(interval, measure.unit())).orElse("")));
    }
    return new Table(List.of("measure", "value", "95% interval"), rows);
  }

  private static String shown(double value, Unit unit) {
    return unit == Unit.SHARE ? Figures.accuracy(value) : Figures.number(value, 4);
  }

  private static String shown(Interval interval, Unit unit) {
    return shown(interval.low(), unit) + " - " + shown(interval.high(), unit);
  }

  /** One row a true quality and one column a judged one, with what follows from the counts. */
  public static Optional<Table> qualities(BoxEvaluationReport report) {
    return report.boxes().qualities().map(BoxEvaluationText::table);
  }

  private static Table table(ConfusionMatrix confusion) {
    List<String> columns = new ArrayList<>(List.of("is, judged as"));
    for (Quality quality : Quality.values()) {
      columns.add(quality.label());
    }
    columns.addAll(List.of("recall", "precision", "F1"));
    List<List<String>> rows = new ArrayList<>();
    for (Quality quality : Quality.values()) {
      List<String> row = new ArrayList<>(List.of(quality.label()));
      for (Quality judged : Quality.values()) {
        row.add(Figures.count(count(confusion, quality, judged)));
      }
      int c = quality.ordinal();
      row.add(confusion.support(c) == 0 ? "" : Figures.accuracy(confusion.recall(c)));
      row.add(confusion.predicted(c) == 0 ? "" : Figures.accuracy(confusion.precision(c)));
      row.add(Figures.accuracy(confusion.f1(c)));
      rows.add(row);
    }
    return new Table(columns, rows);
  }

  static int count(ConfusionMatrix confusion, Quality truth, Quality judged) {
    return confusion.cells().stream()
        .filter(c -> c.label() == truth.ordinal() && c.predicted() == judged.ordinal())
        .mapToInt(Cell::count)
        .sum();
  }

  /** One row a photograph, the worst first. */
  public static Table worst(BoxEvaluationReport report, int most) {
    List<List<String>> rows = new ArrayList<>();
    for (Judged photograph : report.boxes().worst(most)) {
      rows.add(
          List.of(
              photograph.pair().name(),
              what(photograph),
              photograph.boxed() ? Figures.number(photograph.iou(), 4) : "",
              photograph
                  .pair()
                  .found()
                  .best()
                  .map(best -> Figures.number(best.score(), 4))
                  .orElse(""),
              photograph.pair().truth().verdict().map(Quality::label).orElse("")));
    }
    return new Table(List.of("photograph", "what", "IoU", "score", "quality"), rows);
  }

  private static String what(Judged photograph) {
    if (!photograph.boxed()) {
      return "box around nothing";
    }
    return photograph.found() ? "another box" : "no box";
  }
}
