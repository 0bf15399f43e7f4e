package dev.instar.report;

import dev.instar.report.LineChart.Line;
import dev.instar.report.LineChart.Point;
import dev.instar.train.HistoryFile.Epoch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * How the networks of trials learnt: small charts by epoch, a thin line a seed, a thick one their
 * mean.
 */
final class LearningCurves {
  /** More lines than these in a small chart nobody tells apart. */
  static final int MOST_COMBINATIONS = 8;

  /** Values that span more are easier to read on a logarithmic axis. */
  private static final double LOGARITHMIC_FROM = 30;

  private final Trials trials;
  private final SweepEvidence evidence;
  private final LineStyles styles;
  private final List<Combination> shown;

  LearningCurves(Trials trials, SweepEvidence evidence, LineStyles styles) {
    this.trials = trials;
    this.evidence = evidence;
    this.styles = styles;
    shown =
        Stream.concat(
                trials.byValidation().stream(),
                trials.combinations().stream().filter(combination -> combination.done() == 0))
            .filter(this::begun)
            .limit(MOST_COMBINATIONS)
            .sorted(Comparator.comparingInt(trials.combinations()::indexOf))
            .toList();
  }

  private boolean begun(Combination combination) {
    return combination.cells().stream()
        .map(evidence::history)
        .anyMatch(history -> !history.epochs().isEmpty());
  }

  void write(Html html) {
    if (shown.isEmpty()) {
      html.raw("<p class=\"none\">No epoch is finished yet.</p>\n");
      return;
    }
    writeLegend(html);
    html.raw("<div class=\"panel charts\">\n");
    Map<Combination, List<List<Point>>> training = lines(Epoch::loss);
    Map<Combination, List<List<Point>>> validation = lines(Epoch::validationLoss);
    double[] losses = values(List.of(training, validation));
    writeChart(html, "training loss", training, axis(losses, true), Figures::tick);
    writeChart(
        html,
        "validation loss (cross-entropy, nats)",
        validation,
        axis(losses, true),
        Figures::tick);
    writeShares(html, "validation top-1", lines(Epoch::top1));
    writeShares(html, "validation macro top-1", lines(Epoch::macroTop1));
    Map<Combination, List<List<Point>>> rates = lines(Epoch::learningRate);
    Map<Combination, List<List<Point>>> speeds = lines(Epoch::imagesPerSecond);
    double[] rateValues = values(List.of(rates));
    double[] speedValues = values(List.of(speeds));
    if (rateValues.length > 0) {
      writeChart(html, "learning rate", rates, axis(rateValues, true), Figures::tick);
    }
    if (speedValues.length > 0) {
      Axis axis = Axis.linear(0, most(speedValues), LineChart.BOTTOM, LineChart.TOP);
      writeChart(html, "throughput (images/s)", speeds, axis, Figures::tick);
    }
    html.raw("</div>\n");
    html.element("p", "class=\"note\"", note(rateValues.length == 0));
  }

  private String note(boolean withoutRates) {
    StringBuilder note = new StringBuilder();
    note.append(
        "Thin lines are seeds, thick ones their mean. The training loss is what the recipe");
    note.append(" minimises, so that of focal loss is no cross-entropy; the validation loss is");
    note.append(" cross-entropy for all.");
    if (withoutRates) {
      note.append(" These runs did not log the learning rate of an epoch.");
    }
    int all = (int) trials.combinations().stream().filter(this::begun).count();
    if (shown.size() < all) {
      note.append(" The ").append(shown.size()).append(" best on the validation set, of ");
      note.append(all).append('.');
    }
    return note.toString();
  }

  private void writeLegend(Html html) {
    if (shown.size() < 2) {
      return;
    }
    html.raw("<ul class=\"legend lines\">");
    for (Combination combination : shown) {
      html.raw("<li><svg viewBox=\"0 0 34 8\" aria-hidden=\"true\"><path class=\"mean ");
      html.raw(styles.of(combination)).raw("\" d=\"M1 4h32\"></path></svg> ");
      html.text(trials.label(combination)).raw("</li>");
    }
    html.raw("</ul>\n");
  }

  private void writeShares(Html html, String title, Map<Combination, List<List<Point>>> lines) {
    writeChart(
        html,
        title,
        lines,
        axis(values(List.of(lines)), false),
        share -> Figures.tick(100 * share) + "%");
  }

  private void writeChart(
      Html html,
      String title,
      Map<Combination, List<List<Point>>> ofCombinations,
      Axis axis,
      DoubleFunction<String> shownAs) {
    List<Line> seeds = new ArrayList<>();
    List<Line> means = new ArrayList<>();
    double epochs = 0;
    for (Map.Entry<Combination, List<List<Point>>> entry : ofCombinations.entrySet()) {
      Combination combination = entry.getKey();
      String style = styles.of(combination);
      for (int i = 0; i < entry.getValue().size(); i++) {
        List<Point> points = entry.getValue().get(i);
        String hint =
            trials.label(combination) + ", seed " + combination.cells().get(i).cell().seed();
        seeds.add(new Line("thin " + style, hint, points));
        epochs = points.isEmpty() ? epochs : Math.max(epochs, last(points).epoch());
      }
      means.add(new Line("mean " + style, trials.label(combination), meanOf(entry.getValue())));
    }
    List<Line> lines = new ArrayList<>(seeds);
    lines.addAll(means);
    html.raw(new LineChart(title, axis, epochs, shownAs, lines).svg());
  }

  private static Point last(List<Point> points) {
    return points.get(points.size() - 1);
  }

  /** The mean of the seeds that are there, as far as half of them came. */
  private static List<Point> meanOf(List<List<Point>> seeds) {
    int[] lengths = seeds.stream().mapToInt(List::size).filter(n -> n > 0).sorted().toArray();
    List<Point> mean = new ArrayList<>();
    int until = lengths.length == 0 ? 0 : lengths[lengths.length / 2];
    for (int i = 0; i < until; i++) {
      int at = i;
      List<Point> there =
          seeds.stream()
              .filter(points -> points.size() > at)
              .map(points -> points.get(at))
              .toList();
      OptionalDouble value =
          there.stream().mapToDouble(Point::value).filter(Double::isFinite).average();
      mean.add(new Point(there.get(0).epoch(), value.orElse(Double.NaN)));
    }
    return mean;
  }

  private Map<Combination, List<List<Point>>> lines(ToDoubleFunction<Epoch> value) {
    Map<Combination, List<List<Point>>> lines = new LinkedHashMap<>();
    for (Combination combination : shown) {
      lines.put(
          combination,
          combination.cells().stream()
              .map(cell -> evidence.history(cell).epochs())
              .map(epochs -> epochs.stream().map(epoch -> point(epoch, value)).toList())
              .toList());
    }
    return lines;
  }

  private static Point point(Epoch epoch, ToDoubleFunction<Epoch> value) {
    return new Point(epoch.epoch() + 1.0, value.applyAsDouble(epoch));
  }

  private static double[] values(List<Map<Combination, List<List<Point>>>> charts) {
    return charts.stream()
        .flatMap(chart -> chart.values().stream())
        .flatMap(List::stream)
        .flatMap(List::stream)
        .mapToDouble(Point::value)
        .filter(Double::isFinite)
        .toArray();
  }

  private static double most(double[] values) {
    return DoubleStream.of(values).max().orElse(1);
  }

  private static Axis axis(double[] values, boolean mayBeLogarithmic) {
    double low = DoubleStream.of(values).min().orElse(0);
    double high = most(values);
    return mayBeLogarithmic && low > 0 && high > LOGARITHMIC_FROM * low
        ? Axis.logarithmic(low, high, LineChart.BOTTOM, LineChart.TOP)
        : Axis.linear(
            mayBeLogarithmic ? Math.min(0, low) : low, high, LineChart.BOTTOM, LineChart.TOP);
  }
}
