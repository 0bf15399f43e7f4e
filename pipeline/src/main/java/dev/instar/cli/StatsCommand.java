package dev.instar.cli;

import dev.instar.report.StatisticsJson;
import dev.instar.report.StatisticsPage;
import dev.instar.report.StatisticsText;
import dev.instar.taxonomy.AtomicText;
import dev.instar.taxonomy.MetadataTable;
import dev.instar.taxonomy.Rank;
import dev.instar.taxonomy.Specimens;
import dev.instar.taxonomy.Statistics;
import dev.instar.taxonomy.TaxonomyTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar stats}: what a specimen table holds. */
@Command(
    name = "stats",
    header = "Describe a specimen table.",
    description = {
      "Describe a specimen table: classes per rank, barcodes, experiments and their splits.",
      "Rows that cannot be read are kept out, named and counted (exit status 3)."
    },
    footer = {
      "",
      "Examples:",
      "  instar stats BIOSCAN_Insect_Dataset_metadata.tsv --html stats.html",
      "  instar stats meta.tsv --experiment small_insect_order --json"
    })
final class StatsCommand implements Callable<Integer> {
  private static final int STRIPES = 16;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "META", description = "The table: .tsv or .csv.")
  private Path table;

  @Option(
      names = "--rank",
      paramLabel = "RANK",
      defaultValue = "order",
      description =
          "List the classes of this rank: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Rank rank;

  @Option(
      names = "--experiment",
      paramLabel = "NAME",
      description = "List the classes of this experiment, split by split.")
  private String experiment;

  @Option(names = "--html", paramLabel = "FILE", description = "Write a page with charts.")
  private Path html;

  @Option(names = "--json", description = "Print JSON instead of tables.")
  private boolean json;

  @Mixin private ThreadsOption threads;

  @Override
  public Integer call() throws IOException {
    MetadataTable read = Statistics.read(table, threads.count());
    Statistics statistics = Statistics.of(read);
    if (experiment != null && statistics.experiment(experiment).isEmpty()) {
      throw new ParameterException(spec.commandLine(), noSuchExperiment(statistics));
    }
    if (html != null) {
      StatisticsPage page =
          new StatisticsPage(
              statistics,
              Statistics.within(read, Rank.ORDER, "Diptera", Rank.FAMILY),
              TaxonomyTree.of(read),
              Specimens.ofLargestClasses(read, Rank.ORDER, STRIPES));
      AtomicText.write(html, page.html());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(StatisticsJson.of(statistics, rank, Optional.ofNullable(experiment)));
    } else {
      print(out, statistics);
    }
    out.flush();
    MetadataWarnings.print(spec.commandLine().getErr(), table, statistics.bad());
    return statistics.bad().count() > 0 ? ExitStatus.QUARANTINED : ExitStatus.DONE;
  }

  private void print(PrintWriter out, Statistics statistics) {
    out.printf("%s: %,d records%n%n", table, statistics.records());
    out.println(StatisticsText.ranks(statistics).text());
    statistics.barcodes().ifPresent(of -> out.println(StatisticsText.barcodes(of).text()));
    if (!statistics.experiments().isEmpty()) {
      out.println(StatisticsText.experiments(statistics.experiments()).text());
    }
    if (experiment != null) {
      statistics
          .experiment(experiment)
          .ifPresent(of -> out.print(StatisticsText.classes(of).text()));
    } else {
      statistics.of(rank).ifPresent(of -> out.print(StatisticsText.classes(of).text()));
    }
  }

  private String noSuchExperiment(Statistics statistics) {
    String known =
        statistics.experiments().stream()
            .map(of -> of.column().column())
            .collect(Collectors.joining(", "));
    return table
        + " has no experiment '"
        + experiment
        + "'; "
        + (known.isEmpty() ? "it has no split columns" : "it has " + known);
  }
}
