package dev.instar.split;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.taxonomy.BadRow;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a split did, for people and for machines. */
public final class SplitReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SplitTable table;

  public SplitReport(SplitTable table) {
    this.table = table;
  }

  /** Prints a table of the experiments, and below it what needs saying. */
  public void print(PrintWriter out) {
    out.printf(
        "%-22s %8s %10s %10s %10s %10s   %-19s %-19s%n",
        "experiment",
        "classes",
        "train",
        "validation",
        "test",
        "not used",
        "barcode in train",
        "BIN in train");
    for (ExperimentSplit split : table.experiments()) {
      out.printf(
          Locale.ROOT,
          "%-22s %,8d %,10d %,10d %,10d %,10d   %-19s %-19s%n",
          split.experiment().label(),
          split.classes().classes().size(),
          split.column().count(Subset.TRAIN),
          split.column().count(Subset.VALIDATION),
          split.column().count(Subset.TEST),
          split.column().count(Subset.NO_SPLIT),
          leakage(split, Grouping.BARCODE),
          leakage(split, Grouping.BIN));
    }
    out.println(
        "\"in train\": test records whose barcode or BIN a training record of the experiment has too");
    for (ExperimentSplit split : table.experiments()) {
      if (split.published()) {
        out.printf("%s: as the table has it%n", split.experiment().label());
      }
      if (!split.dropped().isEmpty()) {
        out.printf(
            "%s leaves out %s%n",
            split.experiment().label(),
            split.dropped().stream().map(SplitReport::inWords).collect(Collectors.joining("; ")));
      }
    }
    if (table.repeatedIds() > 0) {
      out.printf(
          Locale.ROOT,
          "%,d records have the id of an earlier one: their places depend on the order of rows%n",
          table.repeatedIds());
    }
  }

  private static String inWords(DroppedClass dropped) {
    return String.format(
        Locale.ROOT,
        "%s (%,d record%s: %s)",
        dropped.name(),
        dropped.records(),
        dropped.records() == 1 ? "" : "s",
        dropped.reason());
  }

  private static String leakage(ExperimentSplit split, Grouping grouping) {
    Leakage leakage = split.leakage().get(grouping);
    if (leakage == null) {
      return "unknown";
    }
    double share = leakage.test() == 0 ? 0 : 100.0 * leakage.shared() / leakage.test();
    return String.format(Locale.ROOT, "%,9d (%.1f%%)", leakage.shared(), share);
  }

  /** The same as JSON. */
  public String toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put("records", table.records());
    root.put("repeated_ids", table.repeatedIds());
    root.put("bad_rows", table.bad().count());
    for (BadRow bad : table.bad().first()) {
      root.withArray("first_bad_rows")
          .addObject()
          .put("line", bad.line())
          .put("reason", bad.reason());
    }
    ObjectNode experiments = root.putObject("experiments");
    for (ExperimentSplit split : table.experiments()) {
      put(split, experiments.putObject(split.experiment().label()));
    }
    return root.toPrettyString();
  }

  private static void put(ExperimentSplit split, ObjectNode node) {
    node.put("published", split.published());
    node.put("classes", split.classes().classes().size());
    for (Subset subset : Subset.values()) {
      node.put(subset.label(), split.column().count(subset));
    }
    for (DroppedClass dropped : split.dropped()) {
      node.withArray("dropped")
          .addObject()
          .put("class", dropped.name())
          .put("records", dropped.records())
          .put("reason", dropped.reason());
    }
    ObjectNode leakage = node.putObject("test_records_shared_with_train");
    split
        .leakage()
        .forEach(
            (grouping, found) ->
                leakage.put(grouping.name().toLowerCase(Locale.ROOT), found.shared()));
  }
}
