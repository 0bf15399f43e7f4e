package dev.instar.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.taxonomy.BarcodeStatistics;
import dev.instar.taxonomy.Distribution;
import dev.instar.taxonomy.ExperimentStatistics;
import dev.instar.taxonomy.Rank;
import dev.instar.taxonomy.Statistics;
import java.io.IOException;
import java.util.Optional;

/** The statistics of a specimen table as JSON, for machines. */
public final class StatisticsJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private StatisticsJson() {}

  /**
   * All figures; the classes by name for {@code listed} and for {@code experiment} alone.
   *
   * @param listed the rank whose classes are listed
   * @param experiment the experiment whose classes are listed, if any
   */
  public static String of(Statistics statistics, Rank listed, Optional<String> experiment)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("file", statistics.file().toString());
    root.put("records", statistics.records());
    root.set("bad_rows", MetadataJson.badRows(statistics.bad()));
    ObjectNode ranks = root.putObject("ranks");
    for (Statistics.OfRank of : statistics.ranks()) {
      ObjectNode rank = distribution(of.distribution());
      rank.put("labelled", of.distribution().records());
      rank.put("labelled_share", of.labelledShare());
      rank.put("not_classified", of.missing());
      if (of.rank() == listed) {
        ObjectNode classes = rank.putObject("records_per_class");
        of.classes().forEach(entry -> classes.put(entry.label(), entry.records()));
      }
      ranks.set(of.rank().label(), rank);
    }
    statistics.barcodes().ifPresent(of -> root.set("barcodes", barcodes(of)));
    ObjectNode experiments = root.putObject("experiments");
    for (ExperimentStatistics of : statistics.experiments()) {
      String name = of.column().column();
      experiments.set(name, experiment(of, experiment.filter(name::equals).isPresent()));
    }
    return JSON.writeValueAsString(root);
  }

  private static ObjectNode distribution(Distribution d) {
    ObjectNode node = JSON.createObjectNode();
    node.put("classes", d.classes());
    node.put("min", d.min());
    node.put("median", d.median());
    node.put("mean", d.mean());
    node.put("max", d.max());
    node.put("imbalance_ratio", d.imbalance());
    node.put("entropy_bits", d.entropy());
    node.put("effective_classes", d.effective());
    node.put("singletons", d.singletons());
    return node;
  }

  private static ObjectNode barcodes(BarcodeStatistics b) {
    ObjectNode node = JSON.createObjectNode();
    node.put("present", b.present());
    node.put("missing", b.missing());
    node.put("shortest", b.shortest());
    node.put("median_length", b.medianLength());
    node.put("mean_length", b.meanLength());
    node.put("longest", b.longest());
    node.put("with_ambiguity", b.withAmbiguity());
    node.put("ambiguous_share", b.ambiguousShare());
    node.put("malformed", b.malformed());
    node.put("distinct", b.distinct());
    node.put("identical", b.identical());
    node.put("largest_group", b.largestGroup());
    return node;
  }

  private static ObjectNode experiment(ExperimentStatistics of, boolean withClasses) {
    ObjectNode node = JSON.createObjectNode();
    node.put("class_column", of.column().label().label());
    node.put("records", of.records());
    node.put("unlabelled", of.unlabelled());
    ObjectNode splits = node.putObject("splits");
    for (ExperimentStatistics.Split split : of.splits()) {
      ObjectNode described = distribution(split.distribution());
      described.put("records", split.records());
      splits.set(split.name(), described);
    }
    if (withClasses) {
      ObjectNode classes = node.putObject("records_per_class");
      for (ExperimentStatistics.ClassOfExperiment entry : of.classes()) {
        ObjectNode counts = classes.putObject(entry.label());
        for (int s = 0; s < of.splits().size(); s++) {
          counts.put(of.splits().get(s).name(), entry.records().get(s));
        }
      }
    }
    return node;
  }
}
