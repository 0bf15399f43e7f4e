package dev.instar.report;

import dev.instar.taxonomy.ExperimentStatistics;
import dev.instar.taxonomy.ExperimentStatistics.ClassOfExperiment;
import java.util.List;

/** The records of each class in each split of an experiment, as dots on a logarithmic axis. */
final class SplitDots {
  private static final double WIDTH = 1000;
  private static final double LEFT = 170;
  private static final double RIGHT = 960;
  private static final double ROW = 20;
  private static final double TOP = 26;
  private static final int STYLES = 4;

  private SplitDots() {}

  static String of(ExperimentStatistics experiment, List<ClassOfExperiment> classes) {
    long largest =
        classes.stream().flatMap(c -> c.records().stream()).mapToInt(c -> c).max().orElse(1);
    LogScale scale = LogScale.upTo(largest, LEFT, RIGHT);
    double bottom = TOP + ROW * classes.size();
    String name = experiment.column().column();
    Svg svg = new Svg("dots", WIDTH, bottom + 8, "Records of each class of " + name + " by split");
    LogBars.grid(svg, scale, bottom);
    for (int i = 0; i < classes.size(); i++) {
      ClassOfExperiment entry = classes.get(i);
      double y = TOP + ROW * i + ROW / 2;
      svg.text("name", "end", LEFT - 10, y + 4, entry.label());
      int[] present =
          entry.records().stream().mapToInt(c -> c).filter(c -> c > 0).sorted().toArray();
      svg.line("span", scale.at(present[0]), y, scale.at(present[present.length - 1]), y);
      for (int s = entry.records().size() - 1; s >= 0; s--) {
        int records = entry.records().get(s);
        if (records > 0) {
          String split = experiment.splits().get(s).name();
          String hint = entry.label() + ", " + split + ": " + Figures.count(records);
          svg.dot(style(s), scale.at(records), y, 5, hint);
        }
      }
    }
    return svg.markup();
  }

  /** The style class of split {@code index}. */
  static String style(int index) {
    return "split" + index % STYLES;
  }
}
