package dev.instar.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.sweep.CellState;
import dev.instar.testing.SampleSweep;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class SweepPageTest {
  @TempDir private static Path shared;
  private static SampleSweep small;

  @TempDir private Path folder;

  @BeforeAll
  static void draw() throws IOException {
    small = SampleSweep.small(shared);
  }

  private static SweepPage page(SweepReport report, Part part, int pictures) throws IOException {
    return SweepPage.read(report, SweepTables.of(report), part, pictures);
  }

  @Test
  void drawsEveryChartWithItsAxes() throws Exception {
    SweepPage page = page(small.report(), Part.TEST, 5);
    String html = page.html();
    assertThat(page.faults()).isEmpty();
    assertThat(html)
        .contains("8 cells: 8 done.", "training loss", "validation macro top-1")
        .contains("throughput (images/s)", "learning rate", "true order", "taken for")
        .contains("accuracy, with its 95% interval", "records, logarithmic", "percentage points")
        .contains("confidence: probability of the predicted class", "sha256:9f86d081")
        .contains("--seed 1 -o &#39;a folder&#39;")
        .doesNotContain("NaN", "Infinity", "http://", "https://", "<script", "url(");
    Document body = parsed(html);
    assertThat(count(body, "svg", "chart small")).isEqualTo(6);
    assertThat(count(body, "svg", "chart heat")).isEqualTo(4);
    assertThat(count(body, "svg", "chart bars")).isEqualTo(4);
    assertThat(count(body, "svg", "chart medium")).isEqualTo(4);
    assertThat(count(body, "svg", "chart reliability")).isEqualTo(4);
    assertThat(count(body, "svg", "chart forest")).isEqualTo(2);
    assertThat(body.getElementsByTagName("img").getLength()).isEqualTo(5);
    NodeList charts = body.getElementsByTagName("svg");
    for (int i = 0; i < charts.getLength(); i++) {
      Element chart = (Element) charts.item(i);
      if (!chart.getAttribute("role").isEmpty()) {
        assertThat(texts(chart, "axis")).as(chart.getAttribute("aria-label")).isPositive();
        assertThat(chart.getAttribute("aria-label")).isNotBlank();
      }
    }
  }

  /** In every small chart: a thin line for each of two seeds, and a thick one, of four networks. */
  @Test
  void drawsALineForEachSeedAndOneForTheirMean() throws Exception {
    NodeList charts = parsed(page(small.report(), Part.TEST, 0).html()).getElementsByTagName("svg");
    for (int i = 0; i < charts.getLength(); i++) {
      Element chart = (Element) charts.item(i);
      if (chart.getAttribute("class").equals("chart small")) {
        assertThat(paths(chart, "thin ")).isEqualTo(8);
        assertThat(paths(chart, "mean ")).isEqualTo(4);
      }
    }
  }

  @Test
  void isTheSameForTheSameResults() throws IOException {
    assertThat(page(small.report(), Part.VALIDATION, 2).html())
        .isEqualTo(page(small.report(), Part.VALIDATION, 2).html())
        .contains("top-1 on the validation set");
  }

  @Test
  void showsNamesAsTextWhateverTheyHold() throws Exception {
    SampleSweep hostile =
        SampleSweep.named(folder, name -> "\"><script>alert('" + name + "')</script>&\u202e]]>");
    String html = page(hostile.report(), Part.TEST, 3).html();
    assertThat(html).doesNotContain("<script", "\u202e");
    assertThat(parsed(html).getDocumentElement().getTextContent()).contains("alert('Diptera')");
  }

  @Test
  void shortensLongNamesInTheMiddleAndShowsAllOfThemOnHover() throws IOException {
    SampleSweep sweep =
        SampleSweep.named(folder, name -> "Incertae sedis near the family of " + name);
    assertThat(page(sweep.report(), Part.TEST, 0).html())
        .contains(
            ">Incertae sed\u2026 of Diptera<title>Incertae sedis near the family of Diptera<");
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    SampleSweep sweep = SampleSweep.small(folder);
    SweepReport report = sweep.report();
    for (CellReport cell : report.cells()) {
      Files.delete(EvaluationFile.in(cell.run(), "test"));
      Files.delete(cell.run().resolve("history.jsonl"));
      Files.delete(PredictionFile.in(cell.run(), "validation"));
    }
    assertThat(page(report, Part.TEST, 3).html())
        .contains("No finished cell here has an evaluation (evaluation-test.json)")
        .contains("No epoch is finished yet.");
    assertThat(page(report, Part.VALIDATION, 3).html())
        .contains("No network here has a list of predictions (predictions-validation.csv)");
  }

  @Test
  void showsMistakesWithoutPicturesWhereThePackIsGone() throws IOException {
    SampleSweep sweep = SampleSweep.small(folder);
    Files.move(sweep.pictures(), folder.resolve("elsewhere"));
    SweepPage page = page(sweep.report(), Part.TEST, 3);
    assertThat(page.html())
        .contains("no picture", "The pictures are missing: " + sweep.pictures())
        .doesNotContain("<img");
    assertThat(page.faults()).isEmpty();
  }

  @Test
  void leavesDamagedFilesOutAndNamesThem() throws IOException {
    SampleSweep sweep = SampleSweep.small(folder);
    SweepReport report = sweep.report();
    Path damaged = EvaluationFile.in(report.cells().get(0).run(), "test");
    Files.writeString(damaged, Files.readString(damaged).substring(0, 2000));
    Path torn = report.cells().get(1).run().resolve("history.jsonl");
    Files.writeString(torn, Files.readString(torn) + "{\"kind\":\"epoch\",\"validation\"");
    for (CellReport cell : report.cells()) {
      Files.writeString(PredictionFile.in(cell.run(), "test"), "record,true\nx,y\n");
    }
    SweepPage page = page(report, Part.TEST, 3);
    assertThat(page.html()).contains("Left out", damaged + " is damaged");
    assertThat(page.faults())
        .hasSize(2)
        .anySatisfy(fault -> assertThat(fault).contains(damaged.toString(), "evaluate again"))
        .anySatisfy(fault -> assertThat(fault).contains("predictions-test.csv", "line 1"));
  }

  @Test
  void reportsOneRunAsASweepOfOneCell() throws Exception {
    CellReport cell = small.report().cells().get(0);
    String html = page(new SweepReport("a run", List.of(cell)), Part.TEST, 2).html();
    assertThat(html)
        .contains("one training, of resnet50 on small_insect_order: done.")
        .doesNotContain("Effects of factors", "Best of each");
    assertThat(count(parsed(html), "svg", "chart heat")).isEqualTo(1);
  }

  @Test
  @Tag("slow")
  void thePublished72CellsMakeAPageThatABrowserOpensWell() throws Exception {
    SweepReport report = SampleSweep.published(folder).report();
    assertThat(report.cells()).extracting(CellReport::state).contains(CellState.FAILED);
    SweepPage page = page(report, Part.TEST, 12);
    String html = page.html();
    assertThat(html.length()).isLessThan(4_000_000);
    assertThat(html)
        .contains("72 cells: 1 not begun, 2 interrupted, 1 failed, 68 done.")
        .contains("Small \u00b7 Insect order", "Large \u00b7 Diptera family")
        .contains("57 epochs, validation top-1", "step 1,312 &lt;of epoch 3&gt;");
    Document body = parsed(html);
    assertThat(count(body, "svg", "chart heat")).isEqualTo(24);
    assertThat(count(body, "svg", "chart small")).isEqualTo(36);
    assertThat(body.getElementsByTagName("img").getLength()).isEqualTo(72);
  }

  private static long count(Document body, String element, String style) {
    NodeList all = body.getElementsByTagName(element);
    long count = 0;
    for (int i = 0; i < all.getLength(); i++) {
      count += ((Element) all.item(i)).getAttribute("class").equals(style) ? 1 : 0;
    }
    return count;
  }

  private static long texts(Element chart, String style) {
    return having(chart.getElementsByTagName("text"), style);
  }

  private static long paths(Element chart, String style) {
    return having(chart.getElementsByTagName("path"), style);
  }

  private static long having(NodeList all, String style) {
    long count = 0;
    for (int i = 0; i < all.getLength(); i++) {
      count += ((Element) all.item(i)).getAttribute("class").startsWith(style) ? 1 : 0;
    }
    return count;
  }

  /** The page's body, read by a strict XML parser: whatever is not well-formed stops it. */
  private static Document parsed(String html) throws Exception {
    String body = html.substring(html.indexOf("<body>"), html.indexOf("</html>"));
    String xml = body.replaceAll("(<img [^>]*)>", "$1/>");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }
}
