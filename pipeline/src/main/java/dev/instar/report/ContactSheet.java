package dev.instar.report;

import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.pack.ImageRecord;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A page to look through a collection: one HTML file that needs nothing beside it, no script, no
 * network. It follows the reader's light or dark scheme, fits phones and paper, and describes every
 * picture in words.
 *
 * <p>Immutable, as long as the pictures' memory stays as it is while the page is written.
 *
 * @param title the page's title
 * @param lead one or two sentences below it
 * @param sections from top to bottom
 */
public record ContactSheet(String title, String lead, List<Section> sections) {
  private static final String STYLE = Resource.text("contact-sheet.css");
  private static final int STAGE_COLOURS = 7;

  public ContactSheet {
    sections = List.copyOf(sections);
  }

  /**
   * Writes the page beside {@code path} first and then under its name, replacing what was there.
   */
  public void write(Path path) throws IOException {
    Path draft = path.resolveSibling(path.getFileName() + ".part");
    try (BufferedWriter writer = Files.newBufferedWriter(draft)) {
      write(writer);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Files.move(draft, path, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Appends the page to {@code out}; it throws what that throws, unchecked. */
  void write(Appendable out) {
    Html html = new Html(out);
    html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    // Nothing on this page may run or be fetched, even if a name found a way through.
    html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
    html.raw("img-src data:; style-src 'unsafe-inline'\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.element("title", "", title).raw("\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n");
    html.raw("<header>").element("h1", "", title).element("p", "", lead).raw("</header>\n<main>\n");
    for (Section section : sections) {
      html.raw("<section>").element("h2", "", section.heading()).raw("\n");
      if (section instanceof Section.Figures figures) {
        writeFigures(html, figures);
      } else if (section instanceof Section.Tabular tabular) {
        writeTable(html, tabular.table());
      } else if (section instanceof Section.Stages stages) {
        writeStages(html, stages.times());
      } else if (section instanceof Section.Pairs pairs) {
        writePairs(html, pairs);
      } else if (section instanceof Section.Thumbnails thumbnails) {
        writeThumbnails(html, thumbnails);
      } else if (section instanceof Section.Rejects rejects) {
        writeRejects(html, rejects);
      }
      html.raw("</section>\n");
    }
    html.raw("</main>\n</body>\n</html>\n");
  }

  private static void writeFigures(Html html, Section.Figures figures) {
    html.raw("<dl class=\"figures\">");
    for (Section.Figure figure : figures.figures()) {
      html.raw("<div>").element("dt", "", figure.label()).element("dd", "", figure.value());
      html.raw("</div>");
    }
    html.raw("</dl>\n");
  }

  static void writeTable(Html html, Table table) {
    writeTable(html, table, Set.of());
  }

  /** A table in which some cells stand out. */
  static void writeTable(Html html, Table table, Set<NamedTable.Place> best) {
    html.raw("<div class=\"scroll\"><table><thead><tr>");
    for (int i = 0; i < table.columns().size(); i++) {
      html.element("th", numberClass(table, i, "scope=\"col\""), table.columns().get(i));
    }
    html.raw("</tr></thead><tbody>\n");
    for (int r = 0; r < table.rows().size(); r++) {
      html.raw("<tr>");
      for (int i = 0; i < table.columns().size(); i++) {
        String attributes = numberClass(table, i, "");
        String cell = table.rows().get(r).get(i);
        if (best.contains(new NamedTable.Place(r, i))) {
          html.raw(("<td " + attributes).strip() + ">").element("strong", "", cell).raw("</td>");
        } else {
          html.element("td", attributes, cell);
        }
      }
      html.raw("</tr>\n");
    }
    html.raw("</tbody></table></div>\n");
  }

  private static String numberClass(Table table, int column, String attributes) {
    return (attributes + (table.numeric(column) ? " class=\"number\"" : "")).strip();
  }

  private static void writeStages(Html html, StageTimes times) {
    html.raw("<div class=\"bar\" aria-hidden=\"true\">");
    int colour = 0;
    for (StageTimes.Stage stage : times.stages()) {
      html.raw("<span class=\"stage" + colour++ % STAGE_COLOURS + "\" style=\"flex-grow:");
      html.raw(String.format(Locale.ROOT, "%.4f", 1000 * times.share(stage))).raw("\"></span>");
    }
    html.raw("</div>\n<ul class=\"legend\">");
    colour = 0;
    for (StageTimes.Stage stage : times.stages()) {
      html.raw("<li><span class=\"stage" + colour++ % STAGE_COLOURS + "\"></span>");
      html.text(stage.name()).raw(" <b>");
      html.raw(String.format(Locale.ROOT, "%.0f", 100 * times.share(stage))).raw("%</b></li>");
    }
    html.raw("</ul>\n");
    writeTable(html, times.table());
  }

  private static void writePairs(Html html, Section.Pairs pairs) {
    html.raw("<div class=\"pairs\">\n");
    for (Section.Pair pair : pairs.pairs()) {
      ImageRecord record = pair.record();
      html.raw("<figure class=\"pair\"><div class=\"photograph\"><div class=\"overlay\">");
      html.image(
          pair.photograph().toArray(),
          "Photograph " + record.name() + ", whole, the insect framed");
      writeFrames(html, record, pair);
      html.raw(
          "</div></div><span class=\"arrow\" aria-hidden=\"true\">\u2192</span><div class=\"stored\">");
      html.image(pair.stored().toArray(), "What was stored of " + record.name());
      html.raw("</div><figcaption>").element("strong", "", record.name());
      html.element("span", "", sizes(record) + " \u00b7 insect " + rounded(pair));
      html.raw("</figcaption></figure>\n");
    }
    html.raw("</div>\n<p class=\"key\"><span class=\"solid\"></span> the insect's box ");
    html.raw("<span class=\"dashed\"></span> what was kept</p>\n");
  }

  private static String rounded(Section.Pair pair) {
    return String.format(
        Locale.ROOT, "%.0f\u00d7%.0f", pair.insect().width(), pair.insect().height());
  }

  private static void writeFrames(Html html, ImageRecord record, Section.Pair pair) {
    Size original = record.original();
    Region kept = record.box();
    html.raw("<svg viewBox=\"0 0 " + original.width() + " " + original.height() + "\" ");
    html.raw("preserveAspectRatio=\"none\" aria-hidden=\"true\">");
    writeFrame(html, "kept", kept.x(), kept.y(), kept.width(), kept.height());
    var box = pair.insect();
    writeFrame(html, "insect", box.x0(), box.y0(), box.width(), box.height());
    html.raw("</svg>");
  }

  private static void writeFrame(
      Html html, String name, double x, double y, double width, double height) {
    html.raw(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
            name,
            x,
            y,
            width,
            height));
  }

  private static void writeThumbnails(Html html, Section.Thumbnails thumbnails) {
    html.raw("<div class=\"grid\">\n");
    for (Section.Thumbnail thumbnail : thumbnails.thumbnails()) {
      ImageRecord record = thumbnail.record();
      html.raw("<figure><div class=\"frame\">");
      html.image(thumbnail.jpeg().toArray(), record.name() + ", stored at " + shown(record.size()));
      html.raw("</div><figcaption>").element("strong", "", record.name());
      html.element("span", "", sizes(record));
      html.element("span", "", kept(record)).raw("</figcaption></figure>\n");
    }
    html.raw("</div>\n");
  }

  private static void writeRejects(Html html, Section.Rejects rejects) {
    if (rejects.rejects().isEmpty()) {
      html.raw("<p class=\"none\">None.</p>\n");
      return;
    }
    html.raw(
        "<div class=\"scroll\"><table class=\"rejects\"><thead><tr><th scope=\"col\">record</th>");
    html.raw(
        "<th scope=\"col\">reason</th><th scope=\"col\">what is wrong</th></tr></thead><tbody>\n");
    for (Section.Reject reject : rejects.rejects()) {
      html.raw("<tr>").element("td", "class=\"name\"", reject.name());
      html.raw("<td>").element("span", "class=\"reason\"", reject.reason()).raw("</td>");
      html.element("td", "", reject.message()).raw("</tr>\n");
    }
    html.raw("</tbody></table></div>\n");
  }

  private static String sizes(ImageRecord record) {
    return shown(record.original()) + " \u2192 " + shown(record.size());
  }

  private static String kept(ImageRecord record) {
    Region box = record.box();
    return box.equals(Region.of(record.original()))
        ? "whole photograph"
        : String.format(
            Locale.ROOT,
            "kept %d\u00d7%d at %d, %d: %.1f%%",
            box.width(),
            box.height(),
            box.x(),
            box.y(),
            100 * record.areaFraction());
  }

  private static String shown(Size size) {
    return size.width() + "\u00d7" + size.height();
  }
}
