package dev.instar.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.fetch.Amount;
import dev.instar.fetch.Checksum;
import dev.instar.fetch.Outcome;
import dev.instar.fetch.Outcome.Status;
import dev.instar.fetch.PretrainedWeights;
import dev.instar.fetch.PublishedFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code fetch} prints. */
final class FetchReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;

  FetchReport(PrintWriter out, PrintWriter err, boolean json) {
    this.out = out;
    this.err = err;
    this.json = json;
  }

  /** Prints what became of each file and gives the exit status. */
  int outcomes(List<Outcome> outcomes) throws IOException {
    if (json) {
      ObjectNode report = JSON.createObjectNode();
      ArrayNode files = report.putArray("files");
      outcomes.forEach(outcome -> describe(outcome, files.addObject()));
      print(report);
    } else {
      outcomes.stream().filter(outcome -> outcome.status().isDone()).forEach(this::printDone);
    }
    complain(outcomes.stream().filter(outcome -> !outcome.status().isDone()).toList());
    return outcomes.stream().allMatch(outcome -> outcome.status().isDone())
        ? ExitStatus.DONE
        : ExitStatus.FAILED;
  }

  private void printDone(Outcome outcome) {
    String origin =
        outcome.status() == Status.PRESENT ? "was there" : "fetched from " + outcome.source();
    out.printf(
        "%s  %s  %s, %s%n", outcome.path(), Amount.bytes(outcome.bytes()), origin, proof(outcome));
  }

  private static String proof(Outcome outcome) {
    return outcome.verified().isEmpty()
        ? "no checksum is published"
        : outcome.verified().stream()
                .map(sum -> sum.algorithm().label())
                .collect(Collectors.joining(" and "))
            + " verified";
  }

  /**
   * One line a file, but one for all where no host was reached, which has one cause, and none for
   * those that were stopped, which was said.
   */
  private void complain(List<Outcome> missing) {
    List<Outcome> unreachable =
        missing.stream().filter(outcome -> outcome.status() == Status.UNREACHABLE).toList();
    if (!unreachable.isEmpty()) {
      String hosts =
          unreachable.stream().map(Outcome::problem).distinct().collect(Collectors.joining("; "));
      err.printf(
          "instar: no network, or no way to these hosts: %s. Fetch where there is one, or name a proxy in HTTPS_PROXY.%n",
          Complaint.oneLine(hosts));
    }
    for (Outcome outcome : missing) {
      if (outcome.status() == Status.FAILED) {
        err.printf("instar: %s: %s%n", outcome.file().name(), Complaint.oneLine(outcome.problem()));
      }
    }
  }

  private static void describe(Outcome outcome, ObjectNode node) {
    node.put("name", outcome.file().name())
        .put("path", outcome.path().toString())
        .put("status", outcome.status().name().toLowerCase(Locale.ROOT))
        .put("bytes", outcome.bytes())
        .put("source", outcome.source());
    put(node, outcome.verified());
    node.put("problem", outcome.problem());
  }

  /** Prints the files of the data set. */
  void files(List<PublishedFile> files) throws IOException {
    if (json) {
      ObjectNode report = JSON.createObjectNode();
      ArrayNode list = report.putArray("files");
      files.forEach(file -> describe(file, list.addObject()));
      print(report);
      return;
    }
    out.printf("%-46s %-9s %-9s %s%n", "FILE", "SIZE", "CHECKSUM", "SOURCES");
    for (PublishedFile file : files) {
      out.printf(
          "%-46s %-9s %-9s %s%n",
          file.name(),
          file.bytes() < 0 ? "unknown" : Amount.bytes(file.bytes()),
          file.checksums().isEmpty() ? "none" : file.checksums().get(0).algorithm().label(),
          sources(file));
    }
  }

  /** Prints the sets of weights. */
  void weights(List<PretrainedWeights> weights) throws IOException {
    if (json) {
      ObjectNode report = JSON.createObjectNode();
      ArrayNode list = report.putArray("weights");
      weights.forEach(entry -> describe(entry, list.addObject()));
      print(report);
      return;
    }
    out.printf("%-22s %-8s %s%n", "MODEL", "SIZE", "WHAT");
    for (PretrainedWeights entry : weights) {
      out.printf(
          "%-22s %-8s %s%n",
          entry.model(), Amount.bytes(entry.file().bytes()), entry.description());
      out.printf(
          "%-22s %-8s from %s; mean %s, std %s%n",
          "", "", entry.repository(), entry.mean(), entry.std());
    }
  }

  private static void describe(PublishedFile file, ObjectNode node) {
    node.put("name", file.name());
    if (file.bytes() >= 0) {
      node.put("bytes", file.bytes()).put("exact", file.exact());
    }
    put(node, file.checksums());
    ArrayNode locations = node.putArray("locations");
    file.locations()
        .forEach(
            location ->
                locations
                    .addObject()
                    .put("source", location.source().label())
                    .put("uri", location.uri().toString()));
  }

  private static void describe(PretrainedWeights entry, ObjectNode node) {
    node.put("model", entry.model())
        .put("repository", entry.repository())
        .put("description", entry.description())
        .put("classes", entry.classes());
    entry.mean().forEach(node.putArray("mean")::add);
    entry.std().forEach(node.putArray("std")::add);
    describe(entry.file(), node.putObject("file"));
  }

  private static void put(ObjectNode node, List<Checksum> checksums) {
    ObjectNode sums = node.putObject("checksums");
    checksums.forEach(sum -> sums.put(sum.algorithm().name().toLowerCase(Locale.ROOT), sum.hex()));
  }

  private void print(ObjectNode report) throws IOException {
    out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report));
  }

  private static String sources(PublishedFile file) {
    return file.locations().stream()
        .map(location -> location.source().label())
        .collect(Collectors.joining(", "));
  }
}
