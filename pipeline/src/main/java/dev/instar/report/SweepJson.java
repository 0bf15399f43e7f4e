package dev.instar.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.sweep.CellFailure;
import dev.instar.sweep.CellResult;
import dev.instar.sweep.Measure;
import dev.instar.sweep.Scores;
import java.util.List;
import java.util.Map;

/**
 * A sweep as JSON. {@code numbers} follow from code, data, options and seeds, so that those of a
 * re-run on the processor are the same text; {@code runs} have what differs between any two runs:
 * hosts, times, paths, attempts. What cannot be computed is absent.
 */
final class SweepJson {
  private static final int FORMAT = 1;

  /** The JDK's own digits of numbers differ between its versions, JDK-4511638. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build())
          .enable(SerializationFeature.INDENT_OUTPUT);

  private SweepJson() {}

  static String of(SweepReport report, List<ClassAccuracies> classes, Effects effects) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("sweep", report.name());
    ObjectNode numbers = root.putObject("numbers");
    ObjectNode factors = numbers.putObject("factors");
    Factor.of(report.cells()).forEach(f -> f.labels().forEach(factors.withArray(f.name())::add));
    ArrayNode of = numbers.putArray("combinations");
    classes.forEach(accuracies -> putCombination(of.addObject(), accuracies));
    ArrayNode overall = numbers.putArray("effects");
    effects.overall().forEach(effect -> putEffect(overall.addObject(), effect));
    ArrayNode within = numbers.putArray("effects_within");
    effects.within().forEach(effect -> putEffect(within.addObject(), effect));
    ArrayNode cells = numbers.putArray("cells");
    report.cells().forEach(cell -> putCell(cells.addObject(), cell));
    ArrayNode runs = root.putArray("runs");
    report.cells().forEach(cell -> putRun(runs.addObject(), cell));
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report cannot be written: " + e.getMessage(), e);
    }
  }

  private static void putCombination(ObjectNode node, ClassAccuracies accuracies) {
    Combination combination = accuracies.combination();
    putLabels(node.putObject("factors"), combination.factors());
    node.put("split", combination.questions().splitColumn());
    node.put("target", combination.questions().target());
    node.put("seeds_planned", combination.cells().size());
    node.put("seeds_done", combination.done());
    for (Part part : Part.values()) {
      ObjectNode scores = node.putObject(part.key());
      for (Measure measure : Measure.values()) {
        Spread spread = combination.spread(part, measure);
        if (spread.n() > 0) {
          ObjectNode of = scores.putObject(measure.key());
          of.put("n", spread.n());
          put(of, "mean", spread.mean());
          put(of, "deviation", spread.deviation());
        }
      }
    }
    Published.beside(combination)
        .ifPresent(
            published -> {
              ObjectNode of = node.putObject("published_test");
              published.values().forEach((measure, value) -> of.put(measure.key(), value));
            });
    ArrayNode classes = node.putArray("test_classes");
    accuracies
        .records()
        .forEach(
            (name, records) -> {
              Spread spread = accuracies.spread(name);
              ObjectNode of = classes.addObject().put("class", name).put("records", records);
              of.put("n", spread.n());
              put(of, "top1_mean", spread.mean());
              put(of, "top1_deviation", spread.deviation());
            });
  }

  private static void putEffect(ObjectNode node, Effect effect) {
    Contrast contrast = effect.contrast();
    PairedTest test = effect.test();
    node.put("part", effect.part().key());
    node.put("measure", effect.measure().key());
    node.put("factor", contrast.factor());
    node.put("from", contrast.from());
    node.put("to", contrast.to());
    contrast
        .within()
        .ifPresent(fixed -> node.putObject("within").put(fixed.factor(), fixed.label()));
    node.put("unit", effect.unit().key());
    node.put("n", test.n());
    node.put("conditions", effect.conditions());
    node.put("runs", effect.runs());
    put(node, "difference", test.mean());
    put(node, "low", test.low());
    put(node, "high", test.high());
    put(node, "t_p", test.t());
    put(node, "wilcoxon_p", test.wilcoxon());
    if (contrast.within().isEmpty()) {
      put(node, "t_p_holm", effect.holmT());
      put(node, "wilcoxon_p_holm", effect.holmWilcoxon());
    }
    node.put("wilcoxon_exact", test.exact());
    node.put("zeros", test.zeros());
  }

  private static void putCell(ObjectNode node, CellReport cell) {
    node.put("cell", cell.cell().name());
    putLabels(node.putObject("factors"), cell.cell().factors());
    cell.result()
        .ifPresent(
            result -> {
              node.put("epochs", result.epochs());
              node.put("best_epoch", result.bestEpoch());
              node.put("steps", result.steps());
              node.put("early", result.early());
              node.put("skipped", result.skipped());
              for (Part part : Part.values()) {
                Scores scores = part.scores(result);
                ObjectNode of = node.putObject(part.key());
                of.put("records", scores.records());
                of.put("classes", scores.classes());
                scores.values().forEach((measure, value) -> put(of, measure.key(), value));
              }
            });
  }

  private static void putRun(ObjectNode node, CellReport cell) {
    node.put("cell", cell.cell().name());
    node.put("state", cell.state().label());
    cell.result().ifPresent(result -> putResult(node, result));
    cell.failure().ifPresent(failure -> putFailure(node.putObject("failure"), failure));
  }

  private static void putResult(ObjectNode node, CellResult result) {
    put(node, "seconds", result.seconds());
    put(node, "images_per_second", result.imagesPerSecond());
    putLabels(node.putObject("code"), result.provenance().code());
    ArrayNode data = node.putArray("data");
    result
        .provenance()
        .data()
        .forEach(
            file ->
                data.addObject()
                    .put("role", file.role())
                    .put("path", file.path())
                    .put("bytes", file.bytes())
                    .put("checksum", file.checksum()));
    putLabels(node.putObject("options"), result.provenance().options());
    putLabels(node.putObject("environment"), result.provenance().environment());
    result.provenance().command().forEach(node.withArray("command")::add);
  }

  private static void putFailure(ObjectNode node, CellFailure failure) {
    node.put("message", failure.message());
    node.put("status", failure.status());
    node.put("attempts", failure.attempts());
    node.put("host", failure.host());
  }

  private static void putLabels(ObjectNode node, Map<String, String> labels) {
    labels.forEach(node::put);
  }

  private static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    }
  }
}
