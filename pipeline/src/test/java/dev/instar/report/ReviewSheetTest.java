package dev.instar.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.crop.BoundingBox;
import dev.instar.crop.BoxRecord;
import dev.instar.crop.Detection;
import dev.instar.crop.Quality;
import dev.instar.image.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReviewSheetTest {
  private static final Size SIZE = new Size(400, 300);
  private static final String EVIL = "</script><script>alert(1)</script>&\"'.jpg";

  @TempDir Path folder;

  private static BoxRecord record(String name, Quality quality, Detection... detections) {
    return new BoxRecord(name, Optional.of(SIZE), Arrays.asList(detections), Optional.of(quality));
  }

  private static Detection box(double x, double y, double side, double score) {
    return new Detection(
        new BoundingBox((float) x, (float) y, (float) (x + side), (float) (y + side)),
        (float) score);
  }

  private static List<BoxRecord> collection() {
    List<BoxRecord> records = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      records.add(
          record("good" + i + ".jpg", Quality.VALID, box(100 + i, 90, 60 + i, 0.5 + 0.01 * i)));
    }
    records.add(record(EVIL, Quality.VALID, box(150, 100, 70, 0.7)));
    records.add(record("empty.jpg", Quality.EMPTY));
    records.add(record("edge.jpg", Quality.FRAGMENTED, box(0, 50, 80, 0.3)));
    records.add(
        record("two/of: them.jpg", Quality.VALID, box(100, 90, 60, 0.8), box(20, 20, 60, 0.6)));
    return records;
  }

  private String page(int limit) throws IOException {
    Path page = folder.resolve("index.html");
    new ReviewSheet("a <title>", collection(), name -> "../pictures/" + name, limit).write(page);
    return Files.readString(page);
  }

  private static JsonNode data(String page) throws IOException {
    Matcher data = Pattern.compile("id=\"pictures\">(.*?)</script>", Pattern.DOTALL).matcher(page);
    assertThat(data.find()).isTrue();
    return new ObjectMapper().readTree(data.group(1));
  }

  private static List<String> names(JsonNode data) {
    List<String> names = new ArrayList<>();
    data.get("pictures").forEach(picture -> names.add(picture.get("name").textValue()));
    return names;
  }

  @Test
  void listsEveryPhotographOnceTheMostSuspiciousFirst() throws Exception {
    JsonNode data = data(page(1000));
    List<String> names = names(data);
    assertThat(names)
        .hasSize(44)
        .containsExactlyInAnyOrderElementsOf(collection().stream().map(BoxRecord::name).toList());
    assertThat(names).startsWith("edge.jpg", "empty.jpg");
    assertThat(data.at("/pictures/0/reasons").toString())
        .isEqualTo("[\"at the edge\",\"not valid\",\"low score\"]");
    assertThat(data.at("/pictures/1/reasons").toString()).isEqualTo("[\"no box\",\"not valid\"]");
    assertThat(data.at("/pictures/1/boxes")).isEmpty();
    assertThat(data.at("/pictures/43/reasons")).isEmpty();
  }

  @Test
  void namesStayNamesAndLinksLeadToTheirPictures() throws Exception {
    String page = page(1000);
    JsonNode data = data(page);
    assertThat(names(data)).contains(EVIL);
    assertThat(page).doesNotContain("alert(1)</script>").contains("<h1>a &lt;title&gt;</h1>");
    for (JsonNode picture : data.get("pictures")) {
      if (picture.get("name").textValue().equals("two/of: them.jpg")) {
        assertThat(picture.get("source").textValue()).isEqualTo("./../pictures/two/of:%20them.jpg");
        assertThat(picture.at("/boxes/0").toString()).isEqualTo("[100.0,90.0,60.0,60.0,0.8]");
        assertThat(picture.get("crop").toString()).isEqualTo("[88,78,84,84]");
      }
    }
  }

  @Test
  void onlyThePagesOwnScriptMayRun() throws Exception {
    String page = page(1000);
    Matcher script = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(page);
    assertThat(script.find()).isTrue();
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(script.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(page)
        .contains("default-src 'none'")
        .contains("script-src 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
    assertThat(script.find()).as("a second script").isFalse();
  }

  @Test
  void aLimitKeepsTheWorstAndSaysSo() throws Exception {
    String page = page(3);
    assertThat(names(data(page))).hasSize(3).startsWith("edge.jpg", "empty.jpg");
    assertThat(page).contains("Only these 3 of 44");
    assertThat(page(44)).doesNotContain("Only these");
  }

  @Test
  void anEmptyCollectionIsAPageToo() throws Exception {
    Path page = folder.resolve("none.html");
    new ReviewSheet("none", List.of(), name -> name, 10).write(page);
    assertThat(names(data(Files.readString(page)))).isEmpty();
  }
}
