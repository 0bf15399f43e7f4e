package dev.instar.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.fetch.Checksum.Algorithm;
import dev.instar.fetch.FaultyServer.Answer;
import dev.instar.fetch.FaultyServer.Request;
import dev.instar.fetch.Outcome.Status;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Google Drive's pages, written after those that it sends. */
final class DriveTest {
  private static final URI PAGE =
      URI.create("https://drive.usercontent.google.com/download?id=ID1&export=download");
  private static final byte[] CONTENT = Fixture.content(300_000, 3);
  private static final int CUT = 100_000;

  private static final String WARNING =
      """
      <!DOCTYPE html><html><head><title>Google Drive - Virus scan warning</title></head><body>
      <p class="uc-warning-caption">Google Drive can't scan this file for viruses.</p>
      <span class="uc-name-size"><a href="/open?id=ID1">a.zip</a> (6.7G)</span>
      <form id="download-form" action="%s/download" method="get">
      <input type="submit" id="uc-download-link" value="Download anyway"/>
      <input type="hidden" name="id" value="ID1"><input type="hidden" name="export" value="download">
      <input type="hidden" name="confirm" value="t"><input type="hidden" name="uuid" value="5e0c&amp;1a"></form>
      </body></html>
      """;

  private static final String QUOTA =
      "<html><head><title>Google Drive - Quota exceeded</title></head><body>"
          + "<p class=\"uc-error-subcaption\">Too many users have viewed or downloaded this file recently.</p></body></html>";

  @TempDir private Path folder;

  @Test
  void theFormLeadsToItsActionWithItsHiddenFields() throws IOException {
    assertThat(confirmation(WARNING.formatted("https://drive.usercontent.google.com")))
        .isEqualTo(
            URI.create(
                "https://drive.usercontent.google.com/download?id=ID1&export=download&confirm=t&uuid=5e0c%261a"));
  }

  @Test
  void theLinkOfOlderPagesIsFollowed() throws IOException {
    assertThat(
            confirmation(
                "<a id='uc-download-link' href='/uc?export=download&amp;confirm=AbC1&amp;id=ID1'>Download anyway</a>"))
        .isEqualTo(
            URI.create(
                "https://drive.usercontent.google.com/uc?export=download&confirm=AbC1&id=ID1"));
  }

  @Test
  void aUsedUpQuotaIsSaid() {
    assertThatThrownBy(() -> confirmation(QUOTA))
        .isInstanceOf(FetchException.class)
        .hasMessageContaining("daily quota for this file is used up");
  }

  @Test
  void anotherPageIsNamedByItsTitle() {
    assertThatThrownBy(
            () ->
                confirmation(
                    "<title>Google Drive &#8211;\n Sign in</title><form action='/x'></form>"))
        .isInstanceOf(FetchException.class)
        .hasMessage("Google Drive sent a page instead of the file: Google Drive \u2013 Sign in");
  }

  @Test
  void aFormThatLeadsElsewhereIsNotFollowed() {
    assertThatThrownBy(
            () -> confirmation(WARNING.formatted("https://drive.google.com.evil.example")))
        .hasMessage("Google Drive's page leads to drive.google.com.evil.example");
    assertThatThrownBy(() -> confirmation(WARNING.formatted("http://drive.google.com")))
        .hasMessageContaining("redirects to 'http'");
  }

  @Test
  void aLargeFileComesBehindItsConfirmation() throws IOException {
    try (FaultyServer server = FaultyServer.serving(request -> drive(request, true))) {
      Outcome outcome = new Fixture(folder).fetch(onDrive(server));

      assertThat(outcome.status()).isEqualTo(Status.FETCHED);
      assertThat(outcome.source()).isEqualTo("drive");
      assertThat(folder.resolve("a.zip")).hasBinaryContent(CONTENT);
      assertThat(server.requests())
          .extracting(Request::target)
          .containsExactly(
              "/uc?export=download&id=ID1",
              "/download?id=ID1&export=download&confirm=t&uuid=5e0c%261a");
      assertThat(server.requests().get(1).field("cookie")).contains("download_warning=t");
    }
  }

  @Test
  void aCutDownloadIsContinuedBehindTheConfirmation() throws IOException {
    AtomicInteger downloads = new AtomicInteger();
    try (FaultyServer server =
        FaultyServer.serving(
            request ->
                request.target().startsWith("/download") && downloads.getAndIncrement() == 0
                    ? drive(request, true).cutAfter(CUT).thenSilenceUntil(this::cutLies)
                    : drive(request, true))) {
      Outcome outcome = new Fixture(folder).fetch(onDrive(server));

      assertThat(outcome.status()).isEqualTo(Status.FETCHED);
      assertThat(folder.resolve("a.zip")).hasBinaryContent(CONTENT);
      assertThat(server.requests().get(3).offset()).isEqualTo(CUT);
    }
  }

  @Test
  void aPartOfThePageIsAskedForAgainWhole() throws IOException {
    AtomicInteger downloads = new AtomicInteger();
    try (FaultyServer server =
        FaultyServer.serving(
            request -> {
              if (request.target().startsWith("/download")) {
                return downloads.getAndIncrement() == 0
                    ? drive(request, true).cutAfter(CUT).thenSilenceUntil(this::cutLies)
                    : drive(request, true);
              }
              return request.offset() > 0
                  ? Answer.of(206, "</body>")
                      .with("Content-Type", "text/html")
                      .with("Content-Range", "bytes 100000-100006/100007")
                  : drive(request, true);
            })) {
      Outcome outcome = new Fixture(folder).fetch(onDrive(server));

      assertThat(outcome.status()).isEqualTo(Status.FETCHED);
      assertThat(folder.resolve("a.zip")).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void theChecksumThatGoogleStatesIsVerifiedAndVouchesForAPart() throws IOException {
    byte[] crc32c = HexFormat.of().parseHex(Fixture.checksum(Algorithm.CRC32C, CONTENT).hex());
    String stated = "crc32c=" + Base64.getEncoder().encodeToString(crc32c);
    AtomicInteger downloads = new AtomicInteger();
    try (FaultyServer server =
        FaultyServer.serving(
            request -> {
              Answer answer = drive(request, false).without("ETag").with("X-Goog-Hash", stated);
              return downloads.getAndIncrement() == 0
                  ? answer.cutAfter(CUT).thenSilenceUntil(this::cutLies)
                  : answer;
            })) {
      Outcome outcome = new Fixture(folder).fetch(onDrive(server));

      assertThat(outcome.status()).isEqualTo(Status.FETCHED);
      assertThat(outcome.verified())
          .extracting(Checksum::algorithm)
          .containsExactly(Algorithm.CRC32C);
      assertThat(server.requests().get(1).offset()).isEqualTo(CUT);
    }
  }

  @Test
  void bytesThatAreNotWhatGoogleStatesAreRefused() throws IOException {
    try (FaultyServer server =
        FaultyServer.serving(
            request -> drive(request, false).with("X-Goog-Hash", "crc32c=AAAAAA==, md5=?"))) {
      Outcome outcome = new Fixture(folder).fetch(onDrive(server));

      assertThat(outcome.problem()).contains("its CRC-32C is").endsWith("published is 00000000");
    }
  }

  @Test
  void crc32cIsThatOfItsDefinition() {
    // The check value of CRC-32C in the catalogue of parametrised CRC algorithms (reveng).
    assertThat(
            Fixture.checksum(Algorithm.CRC32C, "123456789".getBytes(StandardCharsets.UTF_8)).hex())
        .isEqualTo("e3069283");
  }

  @Test
  void aSmallFileComesAtOnce() throws IOException {
    try (FaultyServer server = FaultyServer.serving(request -> drive(request, false))) {
      assertThat(new Fixture(folder).fetch(onDrive(server)).status()).isEqualTo(Status.FETCHED);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aUsedUpQuotaEndsTheAttemptWhateverItsStatus() throws IOException {
    for (int status : new int[] {200, 403}) {
      try (FaultyServer server =
          FaultyServer.serving(
              request -> Answer.of(status, QUOTA).with("Content-Type", "text/html"))) {
        Outcome outcome = new Fixture(folder).fetch(onDrive(server));

        assertThat(outcome.status()).isEqualTo(Status.FAILED);
        assertThat(outcome.problem()).contains("daily quota");
        assertThat(server.requests()).hasSize(1);
      }
    }
  }

  @Test
  void pagesWithoutEndAreNotFollowedForEver() throws IOException {
    try (FaultyServer server =
        FaultyServer.serving(request -> Answer.page(WARNING.formatted("")))) {
      Outcome outcome = new Fixture(folder).fetch(onDrive(server));

      assertThat(outcome.status()).isEqualTo(Status.FAILED);
      assertThat(server.requests()).hasSizeLessThan(6);
    }
  }

  private boolean cutLies() {
    return folder.resolve("a.zip.part").toFile().length() >= CUT;
  }

  private static Answer drive(Request request, boolean large) {
    if (!large
        || request.target().contains("confirm=t") && request.target().contains("uuid=5e0c%261a")) {
      return Answer.file(request, CONTENT, "\"drive\"")
          .with("Content-Type", "application/octet-stream");
    }
    return Answer.page(WARNING.formatted("")).with("Set-Cookie", "download_warning=t; Path=/");
  }

  private static PublishedFile onDrive(FaultyServer server) {
    return new PublishedFile(
        "a.zip",
        PublishedFile.UNKNOWN,
        false,
        List.of(),
        Fixture.locations(Source.DRIVE, server.uri("/uc?export=download&id=ID1")));
  }

  private static URI confirmation(String html) throws FetchException {
    return new DrivePage(PAGE, html).confirmation();
  }
}
