package dev.instar.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.crop.BoundingBox;
import dev.instar.image.JpegCodec;
import dev.instar.image.JpegSettings;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.ImageRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

final class ContactSheetTest {
  private static final String EVIL =
      "\"><script>alert('x')</script><img src=x onerror=alert(1)>&amp;.jpg";
  private static final Bytes NO_PICTURE = Bytes.copyOf(new byte[] {1, 2, 3});

  @Test
  void namesFromOutsideStayText() throws Exception {
    String html = html(sheet(EVIL, NO_PICTURE));
    assertThat(html).doesNotContain("<script", "<img src=x", EVIL);
    Element body = parsed(html);
    assertThat(body.getElementsByTagName("script").getLength()).isZero();
    assertThat(body.getElementsByTagName("img").getLength()).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      Element image = (Element) body.getElementsByTagName("img").item(i);
      assertThat(image.getAttributes().getLength()).as("loading, alt and src").isEqualTo(3);
      assertThat(image.getAttribute("src")).startsWith("data:image/jpeg;base64,");
      assertThat(image.getAttribute("alt")).contains(EVIL);
    }
    assertThat(body.getElementsByTagName("h1").item(0).getTextContent()).isEqualTo(EVIL);
    assertThat(body.getElementsByTagName("h2").item(0).getTextContent()).isEqualTo(EVIL);
  }

  @Test
  void fetchesNothingFromAnywhere() {
    String html = html(sheet("a.jpg", NO_PICTURE));
    assertThat(html)
        .contains("default-src 'none'")
        .doesNotContain("http://", "https://", "url(", "@import", "<link");
  }

  @Test
  void holdsThePicturesItWasGiven() throws IOException {
    Bytes jpeg;
    try (JpegCodec codec = JpegCodec.best();
        PixelBuffer pixels = new PixelBuffer(new Size(40, 30));
        NativeBuffer into = NativeBuffer.allocate(1)) {
      int bytes = codec.encode(pixels, new JpegSettings(75, JpegSettings.Subsampling.S420), into);
      jpeg = Bytes.copyOf(into.bytes(0, bytes).toArray());
    }
    Matcher images =
        Pattern.compile("data:image/jpeg;base64,([^\"]+)").matcher(html(sheet("a.jpg", jpeg)));
    int count = 0;
    while (images.find()) {
      count++;
      byte[] bytes = Base64.getDecoder().decode(images.group(1));
      assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getWidth()).isEqualTo(40);
    }
    assertThat(count).isEqualTo(3);
  }

  @Test
  void drawsTheBoxesInPixelsOfThePhotograph() throws Exception {
    Element body = parsed(html(sheet("a.jpg", NO_PICTURE)));
    Element svg = (Element) body.getElementsByTagName("svg").item(0);
    assertThat(svg.getAttribute("viewBox")).isEqualTo("0 0 640 480");
    Element kept = (Element) svg.getElementsByTagName("rect").item(0);
    assertThat(kept.getAttribute("x")).isEqualTo("-4.0");
    Element insect = (Element) svg.getElementsByTagName("rect").item(1);
    assertThat(insect.getAttribute("width")).isEqualTo("100.5");
    assertThat(body.getTextContent()).contains("640\u00d7480 \u2192 300\u00d7256");
  }

  @Test
  void saysSoWhenNothingWasRejected() {
    ContactSheet sheet =
        new ContactSheet("t", "l", List.of(new Section.Rejects("Quarantined", List.of())));
    assertThat(html(sheet)).contains("None.").doesNotContain("<table");
  }

  @Test
  void replacesAnEarlierPageAndLeavesNoDraft(@TempDir Path folder) throws IOException {
    Path page = Files.writeString(folder.resolve("page.html"), "old");
    ContactSheet sheet = sheet("a.jpg", NO_PICTURE);
    sheet.write(page);
    assertThat(page).hasContent(html(sheet));
    assertThat(folder.toFile().list()).containsExactly("page.html");
    assertThatThrownBy(() -> sheet.write(folder.resolve("missing/page.html")))
        .isInstanceOf(IOException.class);
  }

  @Property
  void noTextEndsUpAsMarkup(@ForAll String text) throws Exception {
    String escaped = Html.escaped(text);
    assertThat(escaped).doesNotContain("<", ">", "\"", "'");
    assertThat(escaped.replaceAll("&(amp|lt|gt|quot|#39);", "")).doesNotContain("&");
    assertThat(escaped.codePoints()).noneMatch(c -> c == 0x202E || c == 0 || c == 0x1b);
  }

  private static ContactSheet sheet(String name, Bytes jpeg) {
    ImageRecord record =
        new ImageRecord(
            name, 1, new Size(300, 256), new Size(640, 480), new Region(-4, 10, 150, 128));
    BoundingBox box = new BoundingBox(20, 30, 120.5f, 90);
    return new ContactSheet(
        name,
        name,
        List.of(
            new Section.Figures(name, List.of(new Section.Figure(name, name))),
            new Section.Tabular(name, new Table(List.of(name), List.of(List.of(name)))),
            new Section.Stages(
                name, new StageTimes(List.of(new StageTimes.Stage(name, 5)), 1, 1, 5)),
            new Section.Pairs(name, List.of(new Section.Pair(record, box, jpeg, jpeg))),
            new Section.Thumbnails(name, List.of(new Section.Thumbnail(record, jpeg))),
            new Section.Rejects(name, List.of(new Section.Reject(name, name, name)))));
  }

  private static String html(ContactSheet sheet) {
    StringBuilder html = new StringBuilder();
    sheet.write(html);
    return html.toString();
  }

  /** The page's body, read by a strict XML parser: whatever is not well-formed stops it. */
  private static Element parsed(String html) throws Exception {
    String body = html.substring(html.indexOf("<body>"), html.indexOf("</html>"));
    String xml = body.replaceAll("(<img [^>]*)>", "$1/>");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)))
        .getDocumentElement();
  }
}
