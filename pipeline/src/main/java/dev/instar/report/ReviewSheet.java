package dev.instar.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.crop.BoundingBox;
import dev.instar.crop.CropRule;
import dev.instar.crop.Detection;
import dev.instar.crop.Observation;
import dev.instar.crop.Quality;
import dev.instar.image.InputException;
import dev.instar.image.Region;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * A page to look through what a detector found and to mark what is wrong: the most suspicious
 * photographs first, filters, keys, and the marked names as a list to save. The pictures lie beside
 * it; nothing else is fetched, and no script but the page's own runs.
 *
 * @param title the page's title
 * @param lead a sentence or two below it
 * @param findings what was found, gone through twice
 * @param limit the most photographs that are listed, the most suspicious ones
 */
public record ReviewSheet(String title, String lead, Findings findings, int limit) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCRIPT = Resource.text("review.js");

  /** All findings of a detector, in any order that stays the same. */
  @FunctionalInterface
  public interface Findings {
    void forEach(Visitor visitor) throws IOException;
  }

  /** Is told of each finding. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * One photograph.
     *
     * @param picture the path of its picture, from the page's folder, with slashes
     */
    void visit(String name, String picture, Observation observation);
  }

  /**
   * Writes the page beside {@code path} first and then under its name, replacing what was there.
   */
  public void write(Path path) throws IOException {
    Suspects suspects = new Suspects(limit);
    findings.forEach((name, picture, observation) -> suspects.measure(observation));
    findings.forEach(suspects::consider);
    Path draft = path.resolveSibling(path.getFileName() + ".part");
    try (BufferedWriter writer = Files.newBufferedWriter(draft)) {
      write(new Html(writer), suspects);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Files.move(draft, path, StandardCopyOption.REPLACE_EXISTING);
  }
}
