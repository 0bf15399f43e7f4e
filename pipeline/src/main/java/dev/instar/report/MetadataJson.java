package dev.instar.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.taxonomy.BadRow;
import dev.instar.taxonomy.BadRows;
import dev.instar.taxonomy.MetadataCheck;
import dev.instar.taxonomy.MetadataConversion;
import dev.instar.taxonomy.Problem;
import java.io.IOException;
import java.nio.file.Path;

/** What checks and conversions of specimen tables say to machines. */
public final class MetadataJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private MetadataJson() {}

  /** What a check found. */
  public static String of(MetadataCheck check) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("file", check.file().toString());
    root.put("rows", check.rows());
    root.put("clean", check.clean());
    root.set("bad_rows", badRows(check.bad()));
    ArrayNode problems = root.putArray("problems");
    for (Problem problem : check.problems()) {
      ObjectNode node = problems.addObject();
      node.put("check", problem.check());
      node.put("count", problem.count());
      node.put("description", problem.description());
      ArrayNode examples = node.putArray("examples");
      problem.examples().forEach(examples::add);
    }
    return JSON.writeValueAsString(root);
  }

  /** What a conversion wrote to {@code output}. */
  public static String of(Path output, MetadataConversion.Converted converted) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("output", output.toString());
    root.put("rows", converted.rows());
    root.set("bad_rows", badRows(converted.bad()));
    return JSON.writeValueAsString(root);
  }

  /** The rows that were kept out: how many, and the first of them. */
  static ObjectNode badRows(BadRows bad) {
    ObjectNode node = JSON.createObjectNode();
    node.put("count", bad.count());
    ArrayNode first = node.putArray("first");
    for (BadRow row : bad.first()) {
      first.addObject().put("line", row.line()).put("reason", row.reason());
    }
    return node;
  }
}
