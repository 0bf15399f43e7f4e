package dev.instar.report;

import dev.instar.report.BarcodeStripes.Stripe;
import dev.instar.taxonomy.BarcodeStatistics;
import dev.instar.taxonomy.ClassCount;
import dev.instar.taxonomy.ExperimentStatistics;
import dev.instar.taxonomy.ExperimentStatistics.ClassOfExperiment;
import dev.instar.taxonomy.PublishedClasses;
import dev.instar.taxonomy.Rank;
import dev.instar.taxonomy.Specimens;
import dev.instar.taxonomy.Statistics;
import dev.instar.taxonomy.TaxonomyTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The statistics of a specimen table as one HTML page that needs nothing beside it: no script, no
 * network. It follows the reader's light or dark scheme.
 *
 * @param statistics what the table holds
 * @param families the families of Diptera, by falling number of records; empty where the table has
 *     none
 * @param taxa the table's taxa as a tree
 * @param examples specimens whose barcodes are shown
 */
public record StatisticsPage(
    Statistics statistics,
    List<ClassCount> families,
    List<TaxonomyTree> taxa,
    List<Specimens.Example> examples) {
  private static final int MOST_BARS = 60;
  private static final List<Rank> TAILS =
      List.of(Rank.ORDER, Rank.FAMILY, Rank.GENUS, Rank.SPECIES, Rank.BIN);

  /** The page. */
  public String html() {
    StringBuilder page = new StringBuilder(1 << 18);
    Html html = new Html(page);
    Page.begin(html, title(), lead());
    writeFigures(html);
    writeDistributions(html);
    writeRanks(html);
    writeExperiments(html);
    statistics.barcodes().ifPresent(barcodes -> writeBarcodes(html, barcodes));
    TaxonomyDetails.write(html, taxa);
    Page.end(html);
    return page.toString();
  }

  private String title() {
    return statistics.file().getFileName().toString();
  }

  private String lead() {
    String lead = Figures.count(statistics.records()) + " specimens";
    long bad = statistics.bad().count();
    return bad == 0 ? lead : lead + "; " + Figures.count(bad) + " rows could not be read";
  }

  private void writeFigures(Html html) {
    html.raw("<section><dl class=\"figures\">");
    Page.figure(html, "records", Figures.count(statistics.records()));
    for (Rank rank : List.of(Rank.ORDER, Rank.FAMILY, Rank.GENUS, Rank.SPECIES, Rank.BIN)) {
      statistics
          .of(rank)
          .ifPresent(
              of -> Page.figure(html, plural(rank), Figures.count(of.distribution().classes())));
    }
    statistics
        .barcodes()
        .ifPresent(of -> Page.figure(html, "barcodes", Figures.count(of.distinct())));
    html.raw("</dl></section>\n");
  }

  private static String plural(Rank rank) {
    return switch (rank) {
      case FAMILY -> "families";
      case GENUS -> "genera";
      case SPECIES -> "species";
      default -> rank.label() + "s";
    };
  }

  private void writeDistributions(Html html) {
    Optional<Statistics.OfRank> orders = statistics.of(Rank.ORDER);
    orders.ifPresent(
        of ->
            writeBars(
                html,
                "Records per order",
                "order",
                PublishedClasses.inOrder(of.classes(), PublishedClasses.ORDERS)));
    if (!families.isEmpty()) {
      writeBars(
          html,
          "Records per family of Diptera",
          "family of Diptera",
          PublishedClasses.inOrder(families, PublishedClasses.DIPTERA_FAMILIES));
    }
    List<Statistics.OfRank> tails = new ArrayList<>();
    for (Rank rank : TAILS) {
      statistics.of(rank).filter(of -> !of.classes().isEmpty()).ifPresent(tails::add);
    }
    if (!tails.isEmpty()) {
      html.raw("<section><h2>The long tail</h2>\n<div class=\"panel\">").raw(LongTail.of(tails));
      html.raw("</div></section>\n");
    }
  }

  private static void writeBars(Html html, String heading, String what, List<ClassCount> classes) {
    List<ClassCount> shown = classes.subList(0, Math.min(MOST_BARS, classes.size()));
    if (shown.isEmpty()) {
      return;
    }
    html.raw("<section>").element("h2", "", heading).raw("\n<div class=\"panel\">");
    html.raw(LogBars.of(what, shown)).raw("</div>");
    if (shown.size() < classes.size()) {
      long rest =
          classes.subList(shown.size(), classes.size()).stream()
              .mapToLong(ClassCount::records)
              .sum();
      html.element(
          "p",
          "class=\"note\"",
          Figures.count(classes.size() - shown.size())
              + " more with "
              + Figures.count(rest)
              + " records together.");
    }
    html.raw("</section>\n");
  }

  private void writeRanks(Html html) {
    html.raw("<section><h2>How much is known at each rank</h2>\n<div class=\"shares panel\">\n");
    for (Statistics.OfRank of : statistics.ranks()) {
      String width = Svg.measure(100 * of.labelledShare());
      html.raw("<div>").element("span", "class=\"name\"", of.rank().label());
      html.raw("<span class=\"track\"><span style=\"width:" + width + "%\"></span></span>");
      html.element("span", "class=\"percent\"", Figures.percent(of.labelledShare()));
      html.element("span", "class=\"of\"", Figures.count(of.distribution().records()));
      html.raw("</div>\n");
    }
    html.raw("</div>\n<div class=\"below\">");
    ContactSheet.writeTable(html, StatisticsText.ranks(statistics));
    html.raw("</div>\n<p class=\"note\">Entropy in bits (Shannon 1948); the effective number of ");
    html.raw("classes is 2 to that power (Hill 1973, N1); imbalance is largest over smallest.");
    html.raw("</p></section>\n");
  }

  private void writeExperiments(Html html) {
    if (statistics.experiments().isEmpty()) {
      return;
    }
    html.raw("<section><h2>Experiments</h2>\n");
    ContactSheet.writeTable(html, StatisticsText.experiments(statistics.experiments()));
    html.raw("<div class=\"below\"></div>");
    boolean open = true;
    for (ExperimentStatistics experiment : statistics.experiments()) {
      List<ClassOfExperiment> classes = experiment.classes();
      if (classes.isEmpty()) {
        continue;
      }
      html.raw("<details class=\"panel\"" + (open ? " open" : "") + "><summary>");
      html.text(experiment.column().column()).raw(" <span class=\"legend\">");
      for (int s = 0; s < experiment.splits().size(); s++) {
        html.raw("<i class=\"" + SplitDots.style(s) + "\"></i>");
        html.text(experiment.splits().get(s).name()).raw(" ");
      }
      html.raw("</span></summary>\n");
      html.raw(SplitDots.of(experiment, classes.subList(0, Math.min(MOST_BARS, classes.size()))));
      html.raw("</details>\n");
      open = false;
    }
    html.raw("</section>\n");
  }

  private void writeBarcodes(Html html, BarcodeStatistics barcodes) {
    html.raw("<section><h2>Barcodes</h2>\n");
    if (!examples.isEmpty()) {
      html.raw("<div class=\"panel\"><p class=\"bases\"><i class=\"baseA\"></i>A ");
      html.raw("<i class=\"baseT\"></i>T <i class=\"baseC\"></i>C <i class=\"baseG\"></i>G ");
      html.raw("<i class=\"baseN\"></i>uncertain</p>\n");
      html.raw(
          BarcodeStripes.of(
              examples.stream().map(e -> new Stripe(e.label(), e.barcode())).toList()));
      html.raw("</div>\n<div class=\"below\"></div>");
    }
    html.raw("<div class=\"narrow\">");
    ContactSheet.writeTable(html, StatisticsText.barcodes(barcodes));
    html.raw("</div></section>\n");
  }
}
