package dev.instar.report;

import dev.instar.taxonomy.BarcodeStatistics;
import dev.instar.taxonomy.ClassCount;
import dev.instar.taxonomy.Distribution;
import dev.instar.taxonomy.ExperimentStatistics;
import dev.instar.taxonomy.ExperimentStatistics.ClassOfExperiment;
import dev.instar.taxonomy.ExperimentStatistics.Split;
import dev.instar.taxonomy.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The statistics of a specimen table as tables for a terminal. */
public final class StatisticsText {
  /** The columns that say how the records of a distribution are spread over its classes. */
  private static final List<String> SPREAD =
      List.of("min", "median", "mean", "max", "imbalance", "entropy", "effective", "singletons");

  private StatisticsText() {}

  /** One row a rank. */
  public static Table ranks(Statistics statistics) {
    List<List<String>> rows = new ArrayList<>();
    for (Statistics.OfRank of : statistics.ranks()) {
      Distribution d = of.distribution();
      rows.add(
          withSpread(
              List.of(
                  of.rank().label(),
                  Figures.count(d.classes()),
                  Figures.count(d.records()),
                  Figures.percent(of.labelledShare()),
                  Figures.count(of.missing())),
              d));
    }
    return new Table(
        withSpread(List.of("rank", "classes", "labelled", "share", "not classified"), SPREAD),
        rows);
  }

  /** One row a class. */
  public static Table classes(Statistics.OfRank of) {
    List<List<String>> rows = new ArrayList<>();
    for (ClassCount entry : of.classes()) {
      rows.add(
          List.of(
              entry.label(),
              Figures.count(entry.records()),
              Figures.percent((double) entry.records() / of.distribution().records())));
    }
    return new Table(List.of(of.rank().label(), "records", "share of labelled"), rows);
  }

  /** One row a split of each experiment. */
  public static Table experiments(List<ExperimentStatistics> experiments) {
    List<List<String>> rows = new ArrayList<>();
    for (ExperimentStatistics experiment : experiments) {
      for (Split split : experiment.splits()) {
        Distribution d = split.distribution();
        rows.add(
            withSpread(
                List.of(
                    experiment.column().column(),
                    split.name(),
                    Figures.count(split.records()),
                    Figures.percent((double) split.records() / experiment.records()),
                    Figures.count(d.classes())),
                d));
      }
    }
    return new Table(
        withSpread(List.of("experiment", "split", "records", "share", "classes"), SPREAD), rows);
  }

  /** One row a class of an experiment, one column a split. */
  public static Table classes(ExperimentStatistics experiment) {
    List<String> columns = new ArrayList<>(List.of("id", experiment.column().label().label()));
    experiment.splits().forEach(split -> columns.add(split.name()));
    columns.add("total");
    List<List<String>> rows = new ArrayList<>();
    for (ClassOfExperiment entry : experiment.classes()) {
      List<String> row = new ArrayList<>(List.of(String.valueOf(rows.size()), entry.label()));
      entry.records().forEach(records -> row.add(Figures.count(records)));
      row.add(Figures.count(entry.records().stream().mapToLong(Integer::longValue).sum()));
      rows.add(row);
    }
    return new Table(columns, rows);
  }

  /** One row a figure. */
  public static Table barcodes(BarcodeStatistics barcodes) {
    List<List<String>> rows =
        List.of(
            List.of("with a barcode", Figures.count(barcodes.present())),
            List.of("without", Figures.count(barcodes.missing())),
            List.of("shortest", Figures.count(barcodes.shortest())),
            List.of("median length", Figures.number(barcodes.medianLength(), 1)),
            List.of("mean length", Figures.number(barcodes.meanLength(), 1)),
            List.of("longest", Figures.count(barcodes.longest())),
            List.of("with uncertain bases", Figures.count(barcodes.withAmbiguity())),
            List.of("share of uncertain bases", Figures.percent(barcodes.ambiguousShare())),
            List.of("with other characters", Figures.count(barcodes.malformed())),
            List.of("different", Figures.count(barcodes.distinct())),
            List.of("shared with another record", Figures.count(barcodes.identical())),
            List.of("most records with one", Figures.count(barcodes.largestGroup())));
    return new Table(List.of("barcodes", "value"), rows);
  }

  private static List<String> withSpread(List<String> first, Distribution d) {
    return withSpread(
        first,
        List.of(
            Figures.count(d.min()),
            Figures.number(d.median(), d.median() % 1 == 0 ? 0 : 1),
            Figures.number(d.mean(), 1),
            Figures.count(d.max()),
            Figures.number(d.imbalance(), 1),
            Figures.number(d.entropy(), 3),
            Figures.number(d.effective(), 1),
            Figures.count(d.singletons())));
  }

  private static List<String> withSpread(List<String> first, List<String> spread) {
    return Stream.concat(first.stream(), spread.stream()).toList();
  }
}
