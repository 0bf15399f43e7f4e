package dev.instar.report;

import dev.instar.taxonomy.TaxonomyTree;
import java.util.List;

/** A tree of taxa that a reader opens level by level, without a script. */
final class TaxonomyDetails {
  private TaxonomyDetails() {}

  static void write(Html html, List<TaxonomyTree> taxa) {
    if (taxa.isEmpty()) {
      return;
    }
    html.raw("<section><h2>Taxonomy</h2>\n<div class=\"panel taxa\">\n");
    for (TaxonomyTree taxon : taxa) {
      // A table of insects opens where the first choice is: at its orders.
      write(html, taxon, taxon.records(), taxa.size() == 1);
    }
    html.raw("</div></section>\n");
  }

  private static void write(Html html, TaxonomyTree taxon, long parent, boolean open) {
    if (taxon.children().isEmpty()) {
      html.raw("<div class=\"leaf\">");
      line(html, taxon, parent);
      html.raw("</div>\n");
      return;
    }
    html.raw(open ? "<details open><summary>" : "<details><summary>");
    line(html, taxon, parent);
    html.raw("</summary>\n");
    boolean only = open && taxon.children().size() == 1;
    for (TaxonomyTree child : taxon.children()) {
      write(html, child, taxon.records(), only);
    }
    if (taxon.unresolved() > 0) {
      html.raw("<div class=\"leaf rest\"><span>not named further</span> <b>");
      html.text(Figures.count(taxon.unresolved())).raw("</b></div>\n");
    }
    html.raw("</details>\n");
  }

  private static void line(Html html, TaxonomyTree taxon, long parent) {
    html.element("small", "", taxon.rank().label()).raw(" <span>").text(taxon.name());
    html.raw("</span> <b>").text(Figures.count(taxon.records())).raw("</b> <em>");
    html.text(parent == taxon.records() ? "" : Figures.percent((double) taxon.records() / parent));
    html.raw("</em>");
  }
}
