package dev.instar.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.fetch.Checksum.Algorithm;
import dev.instar.fetch.FaultyServer.Answer;
import dev.instar.fetch.FaultyServer.Request;
import dev.instar.fetch.Outcome.Status;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DownloadsTest {
  private static final byte[] CONTENT = Fixture.content(300_000, 1);
  private static final byte[] OTHER = Fixture.content(300_000, 2);
  private static final int CUT = 100_000;
  private static final String V1 = "\"one\"";
  private static final String V2 = "\"two\"";

  @TempDir private Path folder;
  private final AtomicInteger cuts = new AtomicInteger();

  @Test
  void fetchesVerifiesAndNamesAFile() throws IOException {
    try (FaultyServer server = honest()) {
      PublishedFile file = Fixture.known("a.bin", CONTENT, server.uri("/a.bin"));

      Outcome outcome = new Fixture(folder).fetch(file);

      assertThat(outcome.status()).isEqualTo(Status.FETCHED);
      assertThat(outcome.bytes()).isEqualTo(CONTENT.length);
      assertThat(outcome.source()).isEqualTo("zenodo");
      assertThat(outcome.verified()).isEqualTo(file.checksums());
      assertThat(folder.resolve("a.bin")).hasBinaryContent(CONTENT);
      assertThat(namesIn(folder)).containsExactly("a.bin");
    }
  }

  @Test
  void continuesWhereACutConnectionEnded() throws IOException {
    Function<Request, Answer> script =
        firstThen(this::cut, request -> Answer.file(request, CONTENT, V1));
    try (FaultyServer server = FaultyServer.serving(script)) {
      Outcome outcome = new Fixture(folder).fetch(Fixture.named("a.bin", server.uri("/a")));

      assertThat(outcome.status()).isEqualTo(Status.FETCHED);
      assertThat(folder.resolve("a.bin")).hasBinaryContent(CONTENT);
      assertThat(server.requests()).hasSize(2);
      assertThat(server.requests().get(1).offset()).isEqualTo(CUT);
      assertThat(server.requests().get(1).field("if-range")).isEqualTo(V1);
    }
  }

  @Test
  void continuesByDateWhereThereIsNoEntityTag() throws IOException {
    String date = "Wed, 14 Jun 2023 08:00:00 GMT";
    Function<Request, Answer> script =
        firstThen(
            request ->
                endedOnDisk(
                    Answer.of(200, CONTENT).with("Last-Modified", date).with("ETag", "W/\"1\"")),
            request ->
                Answer.file(request, CONTENT, date).without("ETag").with("Last-Modified", date));
    try (FaultyServer server = FaultyServer.serving(script)) {
      Outcome outcome = new Fixture(folder).fetch(Fixture.named("a.bin", server.uri("/a")));

      assertThat(outcome.status()).isEqualTo(Status.FETCHED);
      assertThat(folder.resolve("a.bin")).hasBinaryContent(CONTENT);
      assertThat(server.requests().get(1).field("if-range")).isEqualTo(date);
    }
  }

  @Test
  void beginsAnewWhereTheServerIgnoresRanges() throws IOException {
    Function<Request, Answer> script =
        firstThen(
            request -> endedOnDisk(Answer.of(200, CONTENT).with("ETag", V1)),
            request -> Answer.of(200, CONTENT).with("ETag", V1));
    try (FaultyServer server = FaultyServer.serving(script)) {
      Outcome outcome = new Fixture(folder).fetch(Fixture.named("a.bin", server.uri("/a")));

      assertThat(server.requests().get(1).field("range")).isNotEmpty();
      assertThat(outcome.status()).isEqualTo(Status.FETCHED);
      assertThat(folder.resolve("a.bin")).hasBinaryContent(CONTENT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes 0-299999/300000",
        "bytes 7-300006/300007",
        "bytes 100000-299998/300000",
        "bytes 99999-299999/299999",
        "items 1-2/3",
        ""
      })
  void beginsAnewAfterALieAboutTheRange(String lie) throws IOException {
    Function<Request, Answer> script =
        request ->
            request.offset() == 0
                ? (cuts.getAndIncrement() == 0 ? cut(request) : Answer.file(request, CONTENT, V1))
                : Answer.file(request, CONTENT, V1).with("Content-Range", lie);
    try (FaultyServer server = FaultyServer.serving(script)) {
      Outcome outcome = new Fixture(folder).fetch(Fixture.named("a.bin", server.uri("/a")));

      assertThat(outcome.status()).isEqualTo(Status.FETCHED);
      assertThat(folder.resolve("a.bin")).hasBinaryContent(CONTENT);
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void doesNotGlueTwoVersionsThatAHonestServerTellsApart() throws IOException {
    Function<Request, Answer> script =
        firstThen(this::cut, request -> Answer.file(request, OTHER, V2));
    try (FaultyServer server = FaultyServer.serving(script)) {
      new Fixture(folder).fetch(Fixture.named("a.bin", server.uri("/a")));

      assertThat(folder.resolve("a.bin")).hasBinaryContent(OTHER);
    }
  }

  @Test
  void doesNotGlueTwoVersionsWhereTheServerIgnoresTheCondition() throws IOException {
    Function<Request, Answer> script =
        firstThen(this::cut, request -> Answer.file(unconditional(request), OTHER, V2));
    try (FaultyServer server = FaultyServer.serving(script)) {
      new Fixture(folder).fetch(Fixture.named("a.bin", server.uri("/a")));

      assertThat(folder.resolve("a.bin")).hasBinaryContent(OTHER);
    }
  }

  @Test
  void continuesNothingWithoutValidatorAndChecksum() throws IOException {
    Function<Request, Answer> script =
        firstThen(
            request -> endedOnDisk(Answer.of(200, CONTENT)),
            request -> Answer.file(request, OTHER, V2).without("ETag"));
    try (FaultyServer server = FaultyServer.serving(script)) {
      new Fixture(folder).fetch(Fixture.named("a.bin", server.uri("/a")));

      assertThat(server.requests().get(1).field("range")).isEmpty();
      assertThat(folder.resolve("a.bin")).hasBinaryContent(OTHER);
    }
  }

  @Test
  void continuesFromAnotherSourceWhereAChecksumProvesTheResult() throws IOException {
    try (FaultyServer bad =
            FaultyServer.serving(firstThen(this::cut, request -> Answer.of(404, "")));
        FaultyServer good = honest()) {
      PublishedFile file = Fixture.known("a.bin", CONTENT, bad.uri("/a"), good.uri("/a"));

      Outcome outcome = new Fixture(folder).fetch(file);

      assertThat(outcome.status()).isEqualTo(Status.FETCHED);
      assertThat(good.requests().get(0).offset()).isEqualTo(CUT);
      assertThat(folder.resolve("a.bin")).hasBinaryContent(CONTENT);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void comesBackToABusyServer(int status) throws IOException {
    Function<Request, Answer> script =
        firstThen(
            request -> Answer.of(status, "busy").with("Retry-After", "0"),
            request -> Answer.file(request, CONTENT, V1));
    try (FaultyServer server = FaultyServer.serving(script)) {
      Fixture fixture = new Fixture(folder);

      assertThat(fixture.fetch(Fixture.named("a.bin", server.uri("/a"))).status())
          .isEqualTo(Status.FETCHED);
      assertThat(fixture.log()).contains("a.bin from zenodo: 127.0.0.1 is busy (" + status + ")");
    }
  }

  @Test
  void saysWhenToComeBackWhereThatIsLong() throws IOException {
    try (FaultyServer server =
        FaultyServer.serving(request -> Answer.of(429, "").with("Retry-After", "7200"))) {
      Outcome outcome = new Fixture(folder).fetch(Fixture.named("a.bin", server.uri("/a")));

      assertThat(outcome.status()).isEqualTo(Status.FAILED);
      assertThat(outcome.problem()).isEqualTo("127.0.0.1 is busy (429); try again in 2h00m");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void givesUpAfterTheRetriesAndKeepsWhatCame() throws IOException {
    Function<Request, Answer> script = firstThen(this::cut, request -> Answer.of(503, ""));
    try (FaultyServer server = FaultyServer.serving(script)) {
      Outcome outcome =
          new Fixture(folder).retries(2).fetch(Fixture.named("a.bin", server.uri("/a")));

      assertThat(outcome.status()).isEqualTo(Status.FAILED);
      assertThat(outcome.problem()).isEqualTo("127.0.0.1 is busy (503), after 3 attempts");
      assertThat(namesIn(folder)).containsExactly("a.bin.part", "a.bin.part.json");
      assertThat(Files.size(folder.resolve("a.bin.part"))).isEqualTo(CUT);
    }
  }

  @Test
  void triesTheNextSourceWhereTheFirstDoesNotHaveIt() throws IOException {
    try (FaultyServer empty = FaultyServer.serving(request -> Answer.of(404, ""));
        FaultyServer server = honest()) {
      Fixture fixture = new Fixture(folder);

      PublishedFile file =
          Fixture.named("a.bin")
              .at(
                  List.of(
                      new Location(Source.HUGGINGFACE, empty.uri("/a")),
                      new Location(Source.ZENODO, server.uri("/a"))));

      Outcome outcome = fixture.fetch(file);

      assertThat(outcome.status()).isEqualTo(Status.FETCHED);
      assertThat(fixture.log())
          .contains("a.bin from huggingface: 127.0.0.1 does not have it (404)");
    }
  }

  @Test
  void fetchesAnewOnceWhenTheBytesAreWrong() throws IOException {
    Function<Request, Answer> script =
        firstThen(
            request -> Answer.file(request, CONTENT, V1).damagedAt(12_345),
            request -> Answer.file(request, CONTENT, V1));
    try (FaultyServer server = FaultyServer.serving(script)) {
      Outcome outcome =
          new Fixture(folder).fetch(Fixture.known("a.bin", CONTENT, server.uri("/a")));

      assertThat(outcome.status()).isEqualTo(Status.FETCHED);
      assertThat(folder.resolve("a.bin")).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void namesNoFileWhoseBytesStayWrong() throws IOException {
    try (FaultyServer server =
        FaultyServer.serving(request -> Answer.file(request, CONTENT, V1).damagedAt(12_345))) {
      PublishedFile file = Fixture.known("a.bin", CONTENT, server.uri("/a"));

      Outcome outcome = new Fixture(folder).fetch(file);

      assertThat(outcome.status()).isEqualTo(Status.FAILED);
      assertThat(outcome.problem())
          .startsWith("what came is not the published file, its MD5 is ")
          .endsWith("published is " + file.checksums().get(0).hex());
      assertThat(namesIn(folder)).isEmpty();
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void refusesAFileOfAnotherSizeBeforeTakingIt() throws IOException {
    byte[] shorter = Fixture.content(299_999, 1);
    try (FaultyServer server = FaultyServer.serving(request -> Answer.file(request, shorter, V1))) {
      Outcome outcome =
          new Fixture(folder).fetch(Fixture.known("a.bin", CONTENT, server.uri("/a")));

      assertThat(outcome.problem())
          .isEqualTo("127.0.0.1 has 299999 bytes, the published file has 300000");
    }
  }

  @Test
  void comesBackToAServerThatFellSilent() throws IOException {
    Function<Request, Answer> script =
        firstThen(
            request -> Answer.file(request, CONTENT, V1).cutAfter(100_000).thenSilence(),
            request -> Answer.file(request, CONTENT, V1));
    try (FaultyServer server = FaultyServer.serving(script)) {
      Fixture fixture = new Fixture(folder).silence(Duration.ofSeconds(1));

      assertThat(fixture.fetch(Fixture.named("a.bin", server.uri("/a"))).status())
          .isEqualTo(Status.FETCHED);
      assertThat(fixture.log()).contains("no byte came for 1 s");
      assertThat(folder.resolve("a.bin")).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void takesABodyInChunksWithoutLength() throws IOException {
    try (FaultyServer server =
        FaultyServer.serving(request -> Answer.of(200, CONTENT).inChunks())) {
      Outcome outcome = new Fixture(folder).fetch(Fixture.named("a.bin", server.uri("/a")));

      assertThat(outcome.status()).isEqualTo(Status.FETCHED);
      assertThat(folder.resolve("a.bin")).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void takesNoCutChunksForAWholeFile() throws IOException {
    try (FaultyServer server =
        FaultyServer.serving(request -> Answer.of(200, CONTENT).inChunks().cutAfter(100_000))) {
      Outcome outcome = new Fixture(folder).fetch(Fixture.named("a.bin", server.uri("/a")));

      assertThat(outcome.status()).isEqualTo(Status.FAILED);
      assertThat(folder.resolve("a.bin")).doesNotExist();
    }
  }

  @Test
  void refusesABodyOfWhichACutCouldNotBeSeen() throws IOException {
    try (FaultyServer server =
        FaultyServer.serving(request -> Answer.of(200, CONTENT).withoutLength())) {
      Outcome outcome = new Fixture(folder).fetch(Fixture.named("a.bin", server.uri("/a")));

      assertThat(outcome.problem()).contains("does not say how long the file is");
    }
  }

  @Test
  void takesThatBodyWhereAChecksumShowsACut() throws IOException {
    Function<Request, Answer> script =
        firstThen(
            request -> Answer.of(200, CONTENT).withoutLength().cutAfter(100_000),
            request -> Answer.of(200, CONTENT).withoutLength());
    try (FaultyServer server = FaultyServer.serving(script)) {
      Outcome outcome =
          new Fixture(folder).fetch(Fixture.known("a.bin", CONTENT, server.uri("/a")));

      assertThat(outcome.status()).isEqualTo(Status.FETCHED);
      assertThat(folder.resolve("a.bin")).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void takesNoMoreBytesThanThePublishedFileHas() throws IOException {
    byte[] longer = Fixture.content(900_000, 1);
    try (FaultyServer server = FaultyServer.serving(request -> Answer.of(200, longer).inChunks())) {
      Outcome outcome =
          new Fixture(folder).fetch(Fixture.known("a.bin", CONTENT, server.uri("/a")));

      assertThat(outcome.problem()).startsWith("127.0.0.1 sent more bytes than it announced");
      assertThat(namesIn(folder)).isEmpty();
    }
  }

  @Test
  void refusesAnEncodingThatNobodyAskedFor() throws IOException {
    try (FaultyServer server =
        FaultyServer.serving(request -> Answer.of(200, CONTENT).with("Content-Encoding", "gzip"))) {
      Outcome outcome = new Fixture(folder).fetch(Fixture.named("a.bin", server.uri("/a")));

      assertThat(outcome.problem()).isEqualTo("127.0.0.1 sends it encoded as gzip, unasked");
    }
  }

  @Test
  void takesNoLoginPageForAFile() throws IOException {
    try (FaultyServer server = FaultyServer.serving(request -> Answer.page("<h1>Log in</h1>"))) {
      Outcome outcome = new Fixture(folder).fetch(Fixture.named("a.bin", server.uri("/a")));

      assertThat(outcome.problem()).contains("a web page instead of the file");
      assertThat(namesIn(folder)).isEmpty();
    }
  }

  @Test
  void fetchesAnEmptyFile() throws IOException {
    try (FaultyServer server =
        FaultyServer.serving(request -> Answer.file(request, new byte[0], V1))) {
      Outcome outcome = new Fixture(folder).fetch(Fixture.named("a.bin", server.uri("/a")));

      assertThat(outcome.status()).isEqualTo(Status.FETCHED);
      assertThat(folder.resolve("a.bin")).isEmptyFile();
    }
  }

  @Test
  void asksForNothingThatIsThereAndRight() throws IOException {
    Files.write(folder.resolve("a.bin"), CONTENT);
    try (FaultyServer server = honest()) {
      Outcome outcome =
          new Fixture(folder).fetch(Fixture.known("a.bin", CONTENT, server.uri("/a")));

      assertThat(outcome.status()).isEqualTo(Status.PRESENT);
      assertThat(outcome.verified()).hasSize(1);
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void replacesAWrongFileOnlyByTheRightOne() throws IOException {
    Files.write(folder.resolve("a.bin"), OTHER);
    Function<Request, Answer> script =
        firstThen(request -> Answer.of(404, ""), request -> Answer.file(request, CONTENT, V1));
    try (FaultyServer server = FaultyServer.serving(script)) {
      PublishedFile file = Fixture.known("a.bin", CONTENT, server.uri("/a"));
      Fixture fixture = new Fixture(folder);

      assertThat(fixture.fetch(file).status()).isEqualTo(Status.FAILED);
      assertThat(folder.resolve("a.bin")).hasBinaryContent(OTHER);
      assertThat(fixture.fetch(file).status()).isEqualTo(Status.FETCHED);
      assertThat(folder.resolve("a.bin")).hasBinaryContent(CONTENT);
      assertThat(fixture.log()).contains("a.bin is not the published file, its MD5 is ");
    }
  }

  @Test
  void stopsOnRequestAndContinuesLater() throws IOException {
    try (FaultyServer silent =
        FaultyServer.serving(
            request -> Answer.file(request, CONTENT, V1).cutAfter(200_000).thenSilence())) {
      PublishedFile file = Fixture.known("a.bin", CONTENT, silent.uri("/a"));
      Path part = folder.resolve("a.bin.part");

      Outcome stopped =
          new Fixture(folder).stop(() -> part.toFile().length() >= 150_000).fetch(file);

      assertThat(stopped.status()).isEqualTo(Status.STOPPED);
      assertThat(namesIn(folder)).containsExactly("a.bin.part", "a.bin.part.json");
      try (FaultyServer server = honest()) {
        Outcome outcome =
            new Fixture(folder).fetch(Fixture.known("a.bin", CONTENT, server.uri("/a")));

        assertThat(outcome.status()).isEqualTo(Status.FETCHED);
        assertThat(server.requests().get(0).offset()).isGreaterThanOrEqualTo(150_000);
        assertThat(folder.resolve("a.bin")).hasBinaryContent(CONTENT);
      }
    }
  }

  @Test
  void refusesToBeginWhatDoesNotFitOnTheDisk() throws IOException {
    try (FaultyServer server = honest()) {
      Outcome outcome =
          new Fixture(folder).free(1_000_000).fetch(Fixture.named("a.bin", server.uri("/a")));

      assertThat(outcome.status()).isEqualTo(Status.FAILED);
      assertThat(outcome.problem())
          .isEqualTo("300 kB more are needed, " + folder + " has 1.00 MB free");
    }
  }

  @Test
  void writesThroughNoLinkThatLiesInItsWay() throws IOException {
    Path elsewhere = Files.createTempFile("fetch", ".victim");
    Files.createSymbolicLink(folder.resolve("a.bin.part"), elsewhere);
    try (FaultyServer server = honest()) {
      Outcome outcome = new Fixture(folder).fetch(Fixture.named("a.bin", server.uri("/a")));

      assertThat(outcome.status()).isEqualTo(Status.FAILED);
      assertThat(outcome.problem()).startsWith("cannot write " + folder.resolve("a.bin.part"));
      assertThat(elsewhere).isEmptyFile();
    } finally {
      Files.delete(elsewhere);
    }
  }

  @Test
  void saysThatNoHostIsReached() throws IOException {
    FaultyServer gone = honest();
    gone.close();

    Outcome outcome =
        new Fixture(folder).fetch(Fixture.named("a.bin", gone.uri("/a"), gone.uri("/b")));

    assertThat(outcome.status()).isEqualTo(Status.UNREACHABLE);
    assertThat(outcome.problem()).startsWith("127.0.0.1 takes no connection");
    assertThat(namesIn(folder)).isEmpty();
  }

  @Test
  void fetchesSeveralFilesAtOnceAndReportsInOrder() throws IOException {
    try (FaultyServer server =
        FaultyServer.serving(
            request -> {
              byte[] content = Fixture.content(40_000, request.target().hashCode());
              return request.target().equals("/4") ? Answer.of(404, "") : Answer.of(200, content);
            })) {
      List<PublishedFile> files =
          List.of(1, 2, 3, 4, 5, 6, 6).stream()
              .map(i -> Fixture.named(i + ".bin", server.uri("/" + i)))
              .toList();

      List<Outcome> outcomes = new Fixture(folder).fetch(files);

      assertThat(outcomes)
          .extracting(outcome -> outcome.file().name())
          .containsExactly("1.bin", "2.bin", "3.bin", "4.bin", "5.bin", "6.bin");
      assertThat(outcomes)
          .extracting(Outcome::status)
          .containsExactly(
              Status.FETCHED,
              Status.FETCHED,
              Status.FETCHED,
              Status.FAILED,
              Status.FETCHED,
              Status.FETCHED);
      assertThat(folder.resolve("5.bin"))
          .hasBinaryContent(Fixture.content(40_000, "/5".hashCode()));
    }
  }

  @Test
  void verifiesWhatHuggingFaceSaysOfTheFileBehindItsRedirect() throws IOException {
    String sha256 = Fixture.checksum(Algorithm.SHA256, CONTENT).hex();
    try (FaultyServer store = honest();
        FaultyServer hub =
            FaultyServer.serving(
                request ->
                    Answer.redirect(store.uri("/blob"))
                        .with("X-Linked-ETag", '"' + sha256 + '"')
                        .with("X-Linked-Size", "300000"))) {
      Outcome outcome = new Fixture(folder).fetch(Fixture.named("a.bin", hub.uri("/a")));

      assertThat(outcome.status()).isEqualTo(Status.FETCHED);
      assertThat(outcome.verified()).containsExactly(new Checksum(Algorithm.SHA256, sha256));
    }
  }

  @Test
  void refusesAFileThatIsNotTheOneThatHuggingFaceAnnounced() throws IOException {
    String sha256 = Fixture.checksum(Algorithm.SHA256, OTHER).hex();
    try (FaultyServer store = honest();
        FaultyServer hub =
            FaultyServer.serving(
                request -> Answer.redirect(store.uri("/blob")).with("X-Linked-ETag", sha256))) {
      Outcome outcome = new Fixture(folder).fetch(Fixture.named("a.bin", hub.uri("/a")));

      assertThat(outcome.status()).isEqualTo(Status.FAILED);
      assertThat(outcome.problem()).contains("its SHA-256 is").contains(sha256);
      assertThat(namesIn(folder)).isEmpty();
    }
  }

  @Test
  void sendsTheTokenToItsHostAlone() throws IOException {
    try (FaultyServer store = honest();
        FaultyServer hub = FaultyServer.serving(request -> Answer.redirect(store.uri("/blob")))) {
      Outcome outcome =
          new Fixture(folder)
              .token(hub.origin(), "hf_secret")
              .fetch(Fixture.named("a.bin", hub.uri("/a")));

      assertThat(outcome.status()).isEqualTo(Status.FETCHED);
      assertThat(hub.requests().get(0).field("authorization")).isEqualTo("Bearer hf_secret");
      assertThat(store.requests().get(0).fields()).doesNotContainKey("authorization");
    }
  }

  @Test
  void goesThroughTheProxyOfTheEnvironmentAndAnswersIt() throws IOException {
    Function<Request, Answer> script =
        request ->
            request.field("proxy-authorization").isEmpty()
                ? Answer.of(407, "").with("Proxy-Authenticate", "Basic realm=\"p\"")
                : Answer.file(request, CONTENT, V1);
    try (FaultyServer proxy = FaultyServer.serving(script)) {
      PublishedFile file = Fixture.named("a.bin", URI.create("http://files.example/a"));
      String address = proxy.origin().replace("//", "//me:secret@");

      Outcome outcome = new Fixture(folder).environment(Map.of("http_proxy", address)).fetch(file);

      assertThat(outcome.status()).as(outcome.problem()).isEqualTo(Status.FETCHED);
      assertThat(proxy.requests().get(1).target()).isEqualTo("http://files.example/a");
      assertThat(proxy.requests().get(1).field("proxy-authorization"))
          .isEqualTo("Basic bWU6c2VjcmV0");
    }
  }

  @Test
  void saysWhatAProxyAsksFor() throws IOException {
    try (FaultyServer proxy =
        FaultyServer.serving(
            request -> Answer.of(407, "").with("Proxy-Authenticate", "Basic realm=\"p\""))) {
      Outcome outcome =
          new Fixture(folder)
              .environment(Map.of("http_proxy", proxy.origin()))
              .fetch(Fixture.named("a.bin", URI.create("http://files.example/a")));

      assertThat(outcome.status()).isEqualTo(Status.FAILED);
      assertThat(outcome.problem()).startsWith("the proxy asks for a name and a password");
    }
  }

  @Test
  void endsACircleOfRedirects() throws IOException {
    try (FaultyServer server =
        FaultyServer.serving(request -> Answer.redirect(URI.create("/again")))) {
      Outcome outcome = new Fixture(folder).fetch(Fixture.named("a.bin", server.uri("/a")));

      assertThat(outcome.problem()).isEqualTo("127.0.0.1 redirects in a circle");
    }
  }

  private static FaultyServer honest() throws IOException {
    return FaultyServer.serving(request -> Answer.file(request, CONTENT, V1));
  }

  /** Ends the connection in the middle, once what came lies on the disk. */
  private Answer cut(Request request) {
    return endedOnDisk(Answer.file(request, CONTENT, V1));
  }

  private Answer endedOnDisk(Answer answer) {
    return answer
        .cutAfter(CUT)
        .thenSilenceUntil(() -> folder.resolve("a.bin.part").toFile().length() >= CUT);
  }

  private static Request unconditional(Request request) {
    Map<String, String> fields = new TreeMap<>(request.fields());
    fields.remove("if-range");
    return new Request(request.target(), fields);
  }

  private static Function<Request, Answer> firstThen(
      Function<Request, Answer> first, Function<Request, Answer> then) {
    AtomicInteger count = new AtomicInteger();
    return request -> (count.getAndIncrement() == 0 ? first : then).apply(request);
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
