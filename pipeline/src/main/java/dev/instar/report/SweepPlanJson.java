package dev.instar.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.sweep.Sweep;
import dev.instar.sweep.SweepEstimate;
import dev.instar.sweep.SweepEstimate.Estimated;
import dev.instar.sweep.SweepEstimate.Pace;

/** What a sweep takes, as JSON. */
public final class SweepPlanJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private SweepPlanJson() {}

  /**
   * All of it.
   *
   * @param machine that steps were timed on
   */
  public static String of(Sweep sweep, SweepEstimate estimate, String machine) {
    ObjectNode root = JSON.createObjectNode();
    root.put("name", sweep.name());
    root.put("folder", sweep.path().toString());
    for (Estimated each : estimate.cells()) {
      ObjectNode cell = root.withArray("cells").addObject();
      cell.put("name", each.cell().name());
      ObjectNode factors = cell.putObject("factors");
      each.cell().factors().forEach(factors::put);
      cell.put("classes", each.sizes().classes());
      cell.put("train", each.sizes().train());
      cell.put("validation", each.sizes().validation());
      cell.put("test", each.sizes().test());
      cell.put("epochs", each.epochs());
      cell.put("done", each.done());
      if (each.seconds() > 0) {
        cell.put("seconds", each.seconds());
      }
    }
    root.putArray("former");
    sweep.former().forEach(each -> root.withArray("former").add(each.cell().name()));
    root.put("machine", machine);
    for (Pace pace : estimate.paces()) {
      ObjectNode node = root.withArray("paces").addObject();
      node.put("model", pace.model());
      node.put("crop", pace.crop());
      node.put("batch", pace.batch());
      if (pace.imagesPerSecond() > 0) {
        node.put("images_per_second", pace.imagesPerSecond());
        node.put("from", pace.fromResults() ? "results" : "steps");
        node.put("device", pace.device());
      } else {
        node.put("unknown", pace.why());
      }
    }
    if (estimate.complete()) {
      ObjectNode left = root.putObject("seconds_left");
      for (int parallel : SweepEstimate.PARALLEL) {
        left.put(String.valueOf(parallel), estimate.makespan(parallel));
      }
    }
    try {
      return JSON.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a plan cannot be written: " + e.getMessage(), e);
    }
  }
}
