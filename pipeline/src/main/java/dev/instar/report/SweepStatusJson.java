package dev.instar.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.sweep.CellFailure;
import dev.instar.sweep.CellProgress;
import dev.instar.sweep.CellStatus;
import dev.instar.sweep.CellStatus.State;
import dev.instar.sweep.SweepStatus;

/** Where a sweep stands, as JSON for machines. */
public final class SweepStatusJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SweepStatusJson() {}

  /** All of it; what is not known is left out. */
  public static ObjectNode of(SweepStatus status) {
    ObjectNode root = JSON.createObjectNode();
    root.put("sweep", status.path().toString());
    root.put("when", status.when().toString());
    root.put("cancelled", status.cancelled());
    ObjectNode counts = root.putObject("counts");
    for (State state : State.values()) {
      counts.put(state.label(), status.count(state));
    }
    status.secondsLeft().ifPresent(left -> root.put("seconds_left", left));
    ArrayNode cells = root.putArray("cells");
    status.cells().forEach(cell -> cells.add(cell(cell)));
    return root;
  }

  private static ObjectNode cell(CellStatus cell) {
    ObjectNode node = JSON.createObjectNode();
    node.put("cell", cell.cell().name());
    ObjectNode factors = node.putObject("factors");
    cell.cell().factors().forEach(factors::put);
    node.put("state", cell.state().label());
    putIfKnown(node, "host", cell.host());
    putIfKnown(node, "job", cell.job());
    putIfKnown(node, "reason", cell.reason());
    cell.progress().ifPresent(progress -> put(node, progress));
    cell.secondsLeft().ifPresent(left -> node.put("seconds_left", left));
    cell.failure().ifPresent(failure -> node.set("failure", failure(failure)));
    node.put("log", cell.log().toString());
    return node;
  }

  private static void putIfKnown(ObjectNode node, String key, String value) {
    if (!value.isEmpty()) {
      node.put(key, value);
    }
  }

  private static void put(ObjectNode node, CellProgress progress) {
    node.put("epoch", progress.epoch());
    node.put("epochs", progress.epochs());
    node.put("done", progress.done());
    node.put("seconds", progress.seconds());
    node.put("images_per_second", progress.imagesPerSecond());
    node.put("top1", progress.top1());
  }

  private static ObjectNode failure(CellFailure failure) {
    ObjectNode node = JSON.createObjectNode();
    node.put("message", failure.message());
    node.put("status", failure.status());
    node.put("attempts", failure.attempts());
    node.put("host", failure.host());
    node.put("when", failure.when().toString());
    return node;
  }
}
