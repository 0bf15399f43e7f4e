package dev.instar.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.crop.BoundingBox;
import dev.instar.crop.BoxRecord;
import dev.instar.crop.CropRule;
import dev.instar.crop.Detection;
import dev.instar.crop.Quality;
import dev.instar.image.InputException;
import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.taxonomy.AtomicFile;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A page to look through what a detector found and to mark what is wrong: the most suspicious
 * photographs first, filters, keys, and the marked names as a list to save. The pictures lie beside
 * it; nothing else is fetched, and no script but the page's own can run.
 *
 * @param title the page's title
 * @param records what was found; each says what size of picture its boxes are in pixels of
 * @param pictureOf the path of a photograph's picture by its name, from the page's folder, with
 *     slashes
 * @param limit the most photographs that are listed, the most suspicious ones
 */
public record ReviewSheet(
    String title, List<BoxRecord> records, UnaryOperator<String> pictureOf, int limit) {
  private static final String SCRIPT = Resource.text("review.js");

  /** JSON costs a tenth of a second to start. */
  private static final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
  }

  /** Writes the page, which appears when it is complete and replaces what was there. */
  public void write(Path path) throws IOException {
    try (AtomicFile file = AtomicFile.create(path)) {
      Writer writer = new OutputStreamWriter(file.stream(), StandardCharsets.UTF_8);
      write(new Html(writer));
      writer.flush();
      file.commit();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void write(Html html) throws IOException {
    List<Suspects.Suspect> worst = new Suspects(records).worst(limit);
    String sources = "img-src 'self' file:; script-src 'sha256-" + digest(SCRIPT) + "'; ";
    Page.begin(html, title, lead(worst.size()), sources, Resource.text("review.css"));
    writeFigures(html);
    html.raw("<section><h2>Scores</h2>\n<div class=\"panel\">");
    html.raw(ScoreHistogram.of(records)).raw("</div></section>\n");
    html.raw("<section><h2>Photographs</h2>\n").raw(Resource.text("review.html"));
    html.raw("<script type=\"application/json\" id=\"pictures\">\n{\"reasons\":");
    List<String> reasons = Arrays.stream(Suspicion.values()).map(Suspicion::label).toList();
    html.raw(Json.MAPPER.writeValueAsString(reasons)).raw(",\"qualities\":");
    List<String> qualities = Arrays.stream(Quality.values()).map(Quality::label).toList();
    html.raw(Json.MAPPER.writeValueAsString(qualities)).raw(",\"pictures\":[");
    String separator = "\n";
    for (Suspects.Suspect suspect : worst) {
      html.raw(separator).raw(line(suspect));
      separator = ",\n";
    }
    html.raw("\n]}\n</script>\n<script>").raw(SCRIPT).raw("</script>\n</section>\n");
    Page.end(html);
  }

  private String lead(int listed) {
    String first = "The most suspicious photographs come first. ";
    return listed == records.size()
        ? first
        : first
            + "Only these "
            + Figures.count(listed)
            + " of "
            + Figures.count(records.size())
            + " are listed (--sheet-limit).";
  }

  private void writeFigures(Html html) {
    Map<Quality, Long> verdicts = new EnumMap<>(Quality.class);
    long withBox = 0;
    long several = 0;
    for (BoxRecord record : records) {
      withBox += record.detections().isEmpty() ? 0 : 1;
      several += record.detections().size() > 1 ? 1 : 0;
      record.verdict().ifPresent(quality -> verdicts.merge(quality, 1L, Long::sum));
    }
    html.raw("<section><h2>In all</h2>\n<dl class=\"figures\">");
    Page.figure(html, "photographs", Figures.count(records.size()));
    Page.figure(html, "with a box", Figures.count(withBox));
    Page.figure(html, "without", Figures.count(records.size() - withBox));
    Page.figure(html, "with several", Figures.count(several));
    verdicts.forEach((quality, count) -> Page.figure(html, quality.label(), Figures.count(count)));
    html.raw("</dl></section>\n");
  }

  /** One photograph as JSON that can stand inside HTML. */
  private String line(Suspects.Suspect suspect) throws IOException {
    BoxRecord record = suspect.record();
    Size size = record.drawnOn().orElseThrow();
    ObjectNode line = Json.MAPPER.createObjectNode();
    line.put("name", record.name());
    line.put("source", link(pictureOf.apply(record.name())));
    line.put("width", size.width());
    line.put("height", size.height());
    ArrayNode boxes = line.putArray("boxes");
    for (Detection detection : record.detections()) {
      BoundingBox box = detection.box();
      boxes
          .addArray()
          .add(box.x0())
          .add(box.y0())
          .add(box.width())
          .add(box.height())
          .add(detection.score());
    }
    record.best().ifPresent(best -> addCrop(line, best, size));
    line.put("quality", record.verdict().map(Quality::label).orElse(""));
    ArrayNode reasons = line.putArray("reasons");
    suspect.suspicions().forEach(suspicion -> reasons.add(suspicion.label()));
    // A name must not be able to end the script element that it stands in.
    return Json.MAPPER.writeValueAsString(line).replace("<", "\\u003c");
  }

  private static void addCrop(ObjectNode line, Detection best, Size size) {
    try {
      Region crop = CropRule.REFERENCE.cropOf(best.box(), size);
      line.putArray("crop").add(crop.x()).add(crop.y()).add(crop.width()).add(crop.height());
    } catch (InputException e) {
      // A box without a crop is shown without one.
    }
  }

  /** A relative link; its first step keeps a colon in a name from being read as a scheme. */
  private static String link(String path) {
    try {
      return "." + new URI(null, null, "/" + path, null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("no path: " + path, e);
    }
  }

  private static String digest(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
