package dev.instar.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.report.StatisticsJson;
import dev.instar.taxonomy.MetadataCheck;
import dev.instar.taxonomy.Problem;
import java.io.IOException;

/**
 * What a check of a table found, for machines; apart from the command, which starts without JSON.
 */
final class MetadataCheckJson {
  private MetadataCheckJson() {}

  static String of(MetadataCheck check) throws IOException {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode root = mapper.createObjectNode();
    root.put("file", check.file().toString());
    root.put("rows", check.rows());
    root.put("clean", check.clean());
    root.set("bad_rows", StatisticsJson.badRows(check.bad()));
    ArrayNode problems = root.putArray("problems");
    for (Problem problem : check.problems()) {
      ObjectNode node = problems.addObject();
      node.put("check", problem.check());
      node.put("count", problem.count());
      node.put("description", problem.description());
      ArrayNode examples = node.putArray("examples");
      problem.examples().forEach(examples::add);
    }
    return mapper.writeValueAsString(root);
  }
}
