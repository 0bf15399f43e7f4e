package dev.instar.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.crop.Quality;
import dev.instar.evaluate.BoxEvaluation.Judged;
import dev.instar.evaluate.ConfusionMatrix;
import dev.instar.report.BoxEvaluationReport.Measure;
import java.io.IOException;
import java.util.List;

/** What an evaluation of boxes found, as JSON. */
public final class BoxEvaluationJson {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private BoxEvaluationJson() {}

  /**
   * The whole report. Shares are from 0 to 1, intervals are of 95%; what cannot be measured is
   * null.
   *
   * @param worst how many of the worst photographs are listed
   */
  public static String of(BoxEvaluationReport report, int worst) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("photographs", report.boxes().size());
    root.put("boxed", report.boxes().boxed());
    root.put("empty", report.boxes().size() - report.boxes().boxed());
    root.put("of_unknown_boxes", report.boxes().unknown());
    putNames(root, "only_found", report.pairing().onlyFound());
    putNames(root, "only_true", report.pairing().onlyTrue());
    putNames(root, "of_other_shape", report.pairing().misshapen());
    ObjectNode intervals = JSON.createObjectNode();
    for (Measure measure : report.measures()) {
      root.put(measure.key(), measure.value().orElse(null));
      measure
          .interval()
          .ifPresent(i -> intervals.putArray(measure.key()).add(i.low()).add(i.high()));
    }
    root.set("intervals", intervals);
    report.boxes().qualities().ifPresent(confusion -> putQualities(root, confusion));
    ArrayNode photographs = root.putArray("worst");
    report.boxes().worst(worst).forEach(photograph -> put(photographs.addObject(), photograph));
    return JSON.writeValueAsString(root);
  }

  private static void putNames(ObjectNode root, String key, List<String> names) {
    ArrayNode array = root.putArray(key);
    names.forEach(array::add);
  }

  private static void putQualities(ObjectNode root, ConfusionMatrix confusion) {
    ObjectNode qualities = root.putObject("qualities");
    for (Quality quality : Quality.values()) {
      int c = quality.ordinal();
      ObjectNode row = qualities.putObject(quality.label());
      ObjectNode judged = row.putObject("judged_as");
      for (Quality as : Quality.values()) {
        judged.put(as.label(), BoxEvaluationText.count(confusion, quality, as));
      }
      row.put("recall", confusion.recall(c));
      row.put("precision", confusion.precision(c));
      row.put("f1", confusion.f1(c));
    }
  }

  private static void put(ObjectNode node, Judged photograph) {
    node.put("file", photograph.pair().name());
    node.put("insect", photograph.boxed());
    node.put("boxes_found", photograph.pair().found().detections().size());
    node.put("iou", photograph.boxed() ? photograph.iou() : null);
    photograph.pair().found().best().ifPresent(best -> node.put("score", best.score()));
    photograph.pair().truth().verdict().ifPresent(quality -> node.put("quality", quality.label()));
  }
}
