package dev.instar.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.fetch.Catalogue;
import dev.instar.fetch.PretrainedWeights;
import dev.instar.image.Normalisation;
import dev.instar.model.Architecture;
import dev.instar.model.Models;
import dev.instar.model.WeightLoading;
import dev.instar.model.WeightsSummary;
import dev.instar.report.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What {@code models} prints. */
final class ModelsReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintWriter out;
  private final boolean json;

  ModelsReport(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /** All networks. */
  void list() throws IOException {
    Map<String, String> published =
        Catalogue.published().weights().stream()
            .collect(Collectors.toMap(PretrainedWeights::model, PretrainedWeights::repository));
    if (json) {
      ArrayNode list = JSON.createArrayNode();
      for (Architecture architecture : Models.all()) {
        ObjectNode node = list.addObject();
        node.put("name", architecture.name())
            .put("parameters", architecture.parameters())
            .put("inputSide", architecture.inputSide())
            .put("head", architecture.head())
            .put("names", architecture.weights())
            .put("published", published.getOrDefault(architecture.name(), ""));
        node.putPOJO("mean", architecture.normalisation().mean());
        node.putPOJO("std", architecture.normalisation().std());
      }
      print(list);
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (Architecture architecture : Models.all()) {
      rows.add(
          List.of(
              architecture.name(),
              String.format(Locale.ROOT, "%.1f M", architecture.parameters() / 1e6),
              String.valueOf(architecture.inputSide()),
              architecture.normalisation().equals(Normalisation.HALF) ? "half" : "imagenet",
              architecture.weights(),
              published.getOrDefault(architecture.name(), "")));
    }
    List<String> columns =
        List.of("name", "parameters", "side", "normalisation", "weights that fit", "published as");
    out.print(new Table(columns, rows).text());
    out.println();
    out.println(
        "Parameters with 1,000 classes. 'instar fetch weights NAME' fetches what is published.");
  }

  /** What a file of weights is. */
  void describe(Path path, WeightsSummary summary) throws IOException {
    if (json) {
      print(node(path, summary));
    } else {
      print(path, summary);
    }
  }

  private void print(Path path, WeightsSummary summary) {
    out.println(path);
    line("tensors", String.valueOf(summary.tensors()));
    line("parameters", String.format(Locale.ROOT, "%,d", summary.parameters()));
    line(
        "types",
        types(summary).entrySet().stream()
            .map(type -> type.getValue() + " " + type.getKey())
            .collect(Collectors.joining(", ")));
    if (summary.fit().isEmpty()) {
      line("fits", "no network of 'instar models'");
      return;
    }
    WeightsSummary.Fit fit = summary.fit().get();
    line(
        "fits",
        fit.architecture().name()
            + ": "
            + fit.loading().loaded().size()
            + " of its "
            + fit.entries()
            + " tensors");
    line("head", fit.classes() == 0 ? "none" : fit.classes() + " classes");
    fit.loading().remarks().forEach(remark -> line("note", remark));
  }

  private void line(String what, String text) {
    out.printf(Locale.ROOT, "  %-10s  %s%n", what, text);
  }

  private static Map<String, Integer> types(WeightsSummary summary) {
    Map<String, Integer> types = new TreeMap<>();
    summary.types().forEach((type, count) -> types.put(type.name(), count));
    return types;
  }

  private static ObjectNode node(Path path, WeightsSummary summary) {
    ObjectNode node = JSON.createObjectNode();
    node.put("file", path.toString())
        .put("tensors", summary.tensors())
        .put("parameters", summary.parameters())
        .putPOJO("types", types(summary));
    summary
        .fit()
        .ifPresent(
            fit -> {
              WeightLoading loading = fit.loading();
              ObjectNode best = node.putObject("fit");
              best.put("model", fit.architecture().name())
                  .put("classes", fit.classes())
                  .put("entries", fit.entries())
                  .put("loaded", loading.loaded().size())
                  .put("complete", loading.complete());
              best.putPOJO("replacedHead", loading.replacedHead());
              best.putPOJO("missing", loading.missing());
              best.putPOJO("mismatched", loading.mismatched());
              best.putPOJO("unexpected", loading.unexpected());
            });
    return node;
  }

  private void print(Object node) throws IOException {
    out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node));
  }
}
