package dev.instar.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.evaluate.Identification;
import dev.instar.evaluate.Identification.Guess;
import dev.instar.evaluate.Identification.Taxon;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * Predictions as JSON, an object a line: {@code class} and {@code probability}, or {@code error}.
 */
final class PredictionLines implements PredictionOutput {
  private final ObjectMapper mapper = new ObjectMapper();
  private final PrintWriter out;
  private final boolean withTaxon;

  PredictionLines(PrintWriter out, boolean withTaxon) {
    this.out = out;
    this.withTaxon = withTaxon;
  }

  @Override
  public void identified(String record, Identification identification) throws IOException {
    ObjectNode line = mapper.createObjectNode().put("record", record);
    if (withTaxon) {
      line.set("taxon", identification.taxon().map(this::of).orElse(null));
    }
    Guess best = identification.guesses().get(0);
    line.put("class", best.name()).put("probability", best.probability());
    ArrayNode top = line.putArray("top");
    for (Guess guess : identification.guesses()) {
      top.addObject().put("class", guess.name()).put("probability", guess.probability());
    }
    out.println(mapper.writeValueAsString(line));
  }

  private ObjectNode of(Taxon taxon) {
    return mapper
        .createObjectNode()
        .put("rank", taxon.rank())
        .put("name", taxon.name())
        .put("probability", taxon.probability());
  }

  @Override
  public void unreadable(String record, String reason) throws IOException {
    out.println(
        mapper.writeValueAsString(
            mapper
                .createObjectNode()
                .put("record", record)
                .put("error", Complaint.oneLine(reason))));
  }

  @Override
  public void finish() {
    out.flush();
  }

  @Override
  public void close() {}
}
