package dev.instar.split;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.taxonomy.TableRewrite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Writes a table with its split columns, and the class numbers beside it. Both appear under their
 * names in one step, complete and synced, the table last.
 */
public final class SplitWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SplitWriter() {}

  /** Where the class numbers of the table {@code output} lie: {@code OUT.classes.json}. */
  public static Path classesBeside(Path output) {
    String name = output.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return output.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".classes.json");
  }

  /**
   * Writes {@code input} again as {@code output}, which may be the same file, and its class
   * numbers.
   *
   * @param experiments made from {@code input}, which has not changed since
   */
  public static void write(Path input, List<ExperimentSplit> experiments, Path output)
      throws IOException {
    TableRewrite table = TableRewrite.of(input);
    for (ExperimentSplit split : experiments) {
      if (!split.published()) {
        SplitColumn column = split.column();
        table.set(split.experiment().label(), row -> column.of(row).label());
      }
    }
    Path classes = classesBeside(output);
    Path partial = classes.resolveSibling(classes.getFileName() + ".partial");
    try {
      Files.write(
          partial,
          classNumbers(experiments),
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE,
          StandardOpenOption.DSYNC);
      Files.move(partial, classes, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
    table.writeTo(output);
  }

  private static byte[] classNumbers(List<ExperimentSplit> experiments) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    for (ExperimentSplit split : experiments) {
      ClassMap classes = split.classes();
      ObjectNode experiment = root.putObject(split.experiment().label());
      experiment.put("rank", split.experiment().rank().label());
      ObjectNode ids = experiment.putObject("class_to_id");
      for (int id = 0; id < classes.classes().size(); id++) {
        ids.put(classes.classes().get(id), id);
      }
      classes.train().forEach(experiment.putArray("train")::add);
      classes.validation().forEach(experiment.putArray("validation")::add);
      classes.test().forEach(experiment.putArray("test")::add);
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
  }
}
