package dev.instar.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.fetch.Amount;
import dev.instar.sweep.CellFailure;
import dev.instar.sweep.RunSummary;
import dev.instar.sweep.RunSummary.Outcome;
import dev.instar.sweep.Sweep;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/** What {@code sweep run} prints at its end. */
record RunSummaryText(Sweep sweep, RunSummary summary) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** For people. */
  String text() throws IOException {
    StringJoiner counts = new StringJoiner(", ");
    for (Outcome outcome : Outcome.values()) {
      int count = summary.names(outcome).size();
      if (count > 0) {
        counts.add(count + " " + words(outcome));
      }
    }
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %d cells: %s, in %s%n",
            sweep.path(),
            summary.cells().size(),
            counts,
            Amount.seconds(summary.seconds())));
    for (String name : summary.names(Outcome.FAILED)) {
      text.append("  ").append(name).append(" failed: ").append(reason(name)).append('\n');
    }
    text.append(next());
    return text.toString();
  }

  private static String words(Outcome outcome) {
    return switch (outcome) {
      case DONE_BEFORE -> "done before";
      case DONE -> "done";
      case FAILED -> "failed";
      case STOPPED -> "left";
      case ELSEWHERE -> "in the hands of other processes";
    };
  }

  private String reason(String name) throws IOException {
    return sweep.folder(sweep.cell(name)).failure().map(CellFailure::message).orElse("unknown");
  }

  private String next() {
    if (!summary.names(Outcome.STOPPED).isEmpty()) {
      return "  the same command continues\n";
    }
    if (!summary.names(Outcome.FAILED).isEmpty()) {
      return "  --retry-failed tries them again; their logs are cells/NAME/log.txt\n";
    }
    return summary.names(Outcome.ELSEWHERE).isEmpty()
        ? "  next: instar report " + sweep.path() + "\n"
        : "  instar sweep status " + sweep.path() + " --watch follows the others\n";
  }

  /** For programs: names by what became of them. */
  String json() throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("sweep", sweep.path().toString());
    json.put("stopped", summary.stopped());
    json.put("seconds", summary.seconds());
    ObjectNode cells = json.putObject("cells");
    for (Outcome outcome : Outcome.values()) {
      ArrayNode names = cells.putArray(outcome.name().toLowerCase(Locale.ROOT));
      summary.names(outcome).forEach(names::add);
    }
    ArrayNode failures = json.putArray("failures");
    for (String name : summary.names(Outcome.FAILED)) {
      Optional<CellFailure> failure = sweep.folder(sweep.cell(name)).failure();
      failures
          .addObject()
          .put("cell", name)
          .put("message", failure.map(CellFailure::message).orElse("unknown"))
          .put("attempts", failure.map(CellFailure::attempts).orElse(0));
    }
    return json.toPrettyString() + "\n";
  }
}
