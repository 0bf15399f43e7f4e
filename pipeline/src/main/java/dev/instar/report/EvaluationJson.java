package dev.instar.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.evaluate.AverageK;
import dev.instar.evaluate.Bootstrap;
import dev.instar.evaluate.Calibration;
import dev.instar.evaluate.ConfusionMatrix;
import dev.instar.evaluate.ConfusionMatrix.Over;
import dev.instar.evaluate.Evaluation;
import dev.instar.evaluate.Interval;
import dev.instar.evaluate.RankAccuracy;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An evaluation as JSON: everything that is needed to draw or to compare it later. */
public final class EvaluationJson {
  static final int FORMAT = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private EvaluationJson() {}

  /** The whole report. Shares are from 0 to 1, intervals are of 95%. */
  public static String of(EvaluationReport report) throws IOException {
    Evaluation evaluation = report.evaluation();
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("run", report.run());
    root.put("split", report.split());
    root.put("task", report.task());
    root.put("records", evaluation.size());
    root.set("left_out", JSON.valueToTree(report.leftOut()));
    root.set("settings", JSON.valueToTree(report.settings()));
    putTops(root, report);
    putConfusionMeasures(root, evaluation.confusion());
    root.put("loss", evaluation.loss());
    root.set("average_k", averageK(evaluation, report.averageK()));
    report.bootstrap().ifPresent(bootstrap -> root.set("bootstrap", bootstrap(bootstrap)));
    putCalibration(root, evaluation.calibration(Calibration.BINS));
    putRanks(root, report.ranks());
    putClasses(root, report);
    ObjectNode confusion = root.putObject("confusion");
    confusion.put("cells_are", "[true class, predicted class, records], from 0; others are 0");
    ArrayNode cells = confusion.putArray("cells");
    evaluation
        .confusion()
        .cells()
        .forEach(
            cell -> cells.addArray().add(cell.label()).add(cell.predicted()).add(cell.count()));
    report.reference().ifPresent(thresholds -> putReference(root, report, thresholds));
    return JSON.writeValueAsString(root);
  }

  private static void putTops(ObjectNode root, EvaluationReport report) {
    Evaluation evaluation = report.evaluation();
    ObjectNode top = root.putObject("top");
    ObjectNode macro = root.putObject("macro_top");
    for (int k : report.ks()) {
      ObjectNode of = top.putObject(String.valueOf(k));
      of.put("correct", evaluation.topCount(k));
      of.put("accuracy", evaluation.top(k));
      of.set("wilson", interval(Interval.wilson(evaluation.topCount(k), evaluation.size())));
      macro.put(String.valueOf(k), evaluation.macroTop(k));
    }
  }

  private static void putConfusionMeasures(ObjectNode root, ConfusionMatrix confusion) {
    root.put("balanced_accuracy", confusion.macroRecall(Over.PRESENT));
    root.putObject("f1")
        .put("micro", confusion.accuracy())
        .put("macro", confusion.macroF1(Over.PRESENT))
        .put("macro_over_seen_classes", confusion.macroF1(Over.SEEN))
        .put("macro_over_all_classes", confusion.macroF1(Over.ALL))
        .put("weighted", confusion.weightedF1());
    root.putObject("precision")
        .put("macro", confusion.macroPrecision(Over.PRESENT))
        .put("macro_over_all_classes", confusion.macroPrecision(Over.ALL))
        .put("weighted", confusion.weightedPrecision());
    root.putObject("recall")
        .put("macro", confusion.macroRecall(Over.PRESENT))
        .put("macro_over_all_classes", confusion.macroRecall(Over.ALL))
        .put("weighted", confusion.accuracy());
    root.put("matthews", confusion.matthews());
    root.put("cohen_kappa", confusion.kappa());
  }

  private static ArrayNode averageK(Evaluation evaluation, List<AverageK> thresholds) {
    ArrayNode all = JSON.createArrayNode();
    for (AverageK average : thresholds) {
      all.addObject()
          .put("k", average.k())
          .put("threshold", average.threshold())
          .put("correct", average.count(evaluation))
          .put("accuracy", average.accuracy(evaluation));
    }
    return all;
  }

  private static ObjectNode bootstrap(Bootstrap bootstrap) {
    ObjectNode node = JSON.createObjectNode();
    node.put("replicates", bootstrap.replicates());
    node.put("seed", bootstrap.seed());
    node.set("top", intervals(bootstrap.top()));
    node.set("macro_top", intervals(bootstrap.macroTop()));
    node.set("macro_f1", interval(bootstrap.macroF1()));
    node.set("loss", interval(bootstrap.loss()));
    return node;
  }

  private static ObjectNode intervals(Map<Integer, Interval> byK) {
    ObjectNode node = JSON.createObjectNode();
    new TreeMap<>(byK).forEach((k, of) -> node.set(String.valueOf(k), interval(of)));
    return node;
  }

  private static ArrayNode interval(Interval interval) {
    return JSON.createArrayNode().add(interval.low()).add(interval.high());
  }

  private static void putCalibration(ObjectNode root, Calibration calibration) {
    ObjectNode node = root.putObject("calibration");
    node.put("expected_error", calibration.expectedError());
    node.put("greatest_error", calibration.greatestError());
    ArrayNode bins = node.putArray("bins");
    for (Calibration.Bin bin : calibration.bins()) {
      ObjectNode of = bins.addObject();
      of.put("above", bin.above()).put("up_to", bin.upTo()).put("records", bin.count());
      if (bin.count() > 0) {
        of.put("accuracy", bin.accuracy()).put("confidence", bin.confidence());
      }
    }
  }

  private static void putRanks(ObjectNode root, List<RankAccuracy> ranks) {
    ArrayNode all = root.putArray("ranks");
    for (RankAccuracy rank : ranks) {
      all.addObject()
          .put("rank", rank.rank())
          .put("taxa", rank.taxa())
          .put("records", rank.samples())
          .put("correct", rank.hits())
          .put("accuracy", rank.accuracy())
          .put("correct_by_summed_probabilities", rank.hitsOfSums())
          .put("mistakes", rank.mistakes())
          .put("mistakes_in_the_right_taxon", rank.mistakesInside());
    }
  }

  private static void putClasses(ObjectNode root, EvaluationReport report) {
    Evaluation evaluation = report.evaluation();
    ConfusionMatrix confusion = evaluation.confusion();
    Map<Integer, int[]> tops = new TreeMap<>();
    report.ks().forEach(k -> tops.put(k, evaluation.topCounts(k)));
    Map<Integer, int[]> averages = new TreeMap<>();
    report.averageK().forEach(average -> averages.put(average.k(), average.counts(evaluation)));
    ArrayNode all = root.putArray("classes");
    for (int c = 0; c < report.classes().size(); c++) {
      ObjectNode of = all.addObject();
      of.put("number", c).put("name", report.name(c));
      of.set("lineage", JSON.valueToTree(report.classes().get(c).lineage()));
      of.put("records", confusion.support(c)).put("predicted", confusion.predicted(c));
      of.set("correct_in_top", counts(tops, c));
      of.set("correct_in_average_k", counts(averages, c));
      if (confusion.support(c) > 0) {
        of.put("accuracy", confusion.recall(c));
        of.set("wilson", interval(Interval.wilson(confusion.hits(c), confusion.support(c))));
      }
      if (confusion.predicted(c) > 0) {
        of.put("precision", confusion.precision(c));
      }
      if (confusion.support(c) + confusion.predicted(c) > 0) {
        of.put("f1", confusion.f1(c));
      }
    }
  }

  private static ObjectNode counts(Map<Integer, int[]> byK, int label) {
    ObjectNode node = JSON.createObjectNode();
    byK.forEach((k, counts) -> node.put(String.valueOf(k), counts[label]));
    return node;
  }

  private static void putReference(
      ObjectNode root, EvaluationReport report, List<AverageK> thresholds) {
    Evaluation evaluation = report.evaluation();
    ObjectNode node = root.putObject("as_reference");
    ObjectNode macro = node.putObject("macro_top_over_all_classes");
    report.ks().forEach(k -> macro.put(String.valueOf(k), evaluation.macroTopOverAll(k)));
    node.put("macro_f1_over_seen_classes", evaluation.confusion().macroF1(Over.SEEN));
    node.set("average_k_with_thresholds_of_two_samples", averageK(evaluation, thresholds));
    evaluation
        .referenceLoss(EvaluationReport.REFERENCE_BATCH)
        .ifPresent(loss -> node.put("loss_over_batches_less_one", loss));
    node.put("focal_loss_gamma_2", evaluation.focalLoss(2));
  }
}
