package dev.instar.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.fetch.FaultyServer.Answer;
import dev.instar.fetch.FaultyServer.Request;
import dev.instar.fetch.Outcome.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever a server does, a file is exact or absent, and a later run against an honest one brings
 * it.
 */
final class DownloadPropertiesTest {
  /** What goes wrong with one answer. */
  private enum Fault {
    NONE,
    CUT,
    CUT_CHUNKS,
    BUSY,
    NO_RANGES,
    SHIFTED_RANGE,
    OTHER_TOTAL,
    NEW_VERSION,
    UNANNOUNCED_VERSION,
    BIT,
    GONE,
    PAGE
  }

  private record Trouble(Fault fault, int where) {}

  @Property(tries = 250)
  void aFileWithAChecksumIsExactOrAbsent(
      @ForAll("sizes") int size, @ForAll("troubles") List<Trouble> troubles) throws IOException {
    byte[] published = Fixture.content(size, 1);
    check(
        troubles,
        published,
        (name, server) -> Fixture.known(name, published, server.uri("/a")),
        List.of(published));
  }

  @Property(tries = 250)
  void aFileOfWhichNothingIsKnownIsOneVersionOrAbsent(
      @ForAll("sizes") int size, @ForAll("honestTroubles") List<Trouble> troubles)
      throws IOException {
    List<byte[]> versions =
        Stream.iterate(1, i -> i + 1).limit(8).map(i -> Fixture.content(size, i)).toList();
    check(
        troubles,
        versions.get(0),
        (name, server) -> Fixture.named(name, server.uri("/a")),
        versions);
  }

  private interface Listing {
    PublishedFile of(String name, FaultyServer server);
  }

  private static void check(
      List<Trouble> troubles, byte[] content, Listing listing, List<byte[]> allowed)
      throws IOException {
    Path folder = Files.createTempDirectory("download");
    try {
      Script script = new Script(troubles, content.length, 1);
      Status status;
      try (FaultyServer server = FaultyServer.serving(script::answer)) {
        status = new Fixture(folder).fetch(listing.of("a.bin", server)).status();
      }
      Path target = folder.resolve("a.bin");
      if (status == Status.FETCHED) {
        assertThat(allowed).anyMatch(version -> Arrays.equals(version, bytesOf(target)));
        assertThat(namesIn(folder)).containsExactly("a.bin");
      } else {
        assertThat(status).isEqualTo(Status.FAILED);
        assertThat(target).doesNotExist();
      }
      Script honest = new Script(List.of(), content.length, script.version());
      try (FaultyServer server = FaultyServer.serving(honest::answer)) {
        assertThat(new Fixture(folder).fetch(listing.of("a.bin", server)).status().isDone())
            .isTrue();
      }
      assertThat(allowed).anyMatch(version -> Arrays.equals(version, bytesOf(target)));
    } finally {
      delete(folder);
    }
  }

  /** Answers in turn as the troubles say, then honestly. */
  private static final class Script {
    private final List<Trouble> troubles;
    private final int size;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger version;

    private Script(List<Trouble> troubles, int size, int version) {
      this.troubles = troubles;
      this.size = size;
      this.version = new AtomicInteger(version);
    }

    int version() {
      return version.get();
    }

    Answer answer(Request request) {
      int turn = count.getAndIncrement();
      Trouble trouble = turn < troubles.size() ? troubles.get(turn) : new Trouble(Fault.NONE, 0);
      int where = trouble.where % Math.max(1, size);
      return switch (trouble.fault) {
        case NONE -> honest(request);
        case CUT -> honest(request).cutAfter(where);
        case CUT_CHUNKS -> honest(request).inChunks().cutAfter(where);
        case BUSY -> Answer.of(503, "").with("Retry-After", "0");
        case NO_RANGES -> Answer.of(200, content()).with("ETag", etag()).cutAfter(where);
        case SHIFTED_RANGE ->
            ranged(request)
                ? honest(request)
                    .with(
                        "Content-Range",
                        "bytes " + where + "-" + (size + where) + "/" + (size + where + 1))
                : honest(request);
        case OTHER_TOTAL ->
            ranged(request)
                ? honest(request)
                    .with(
                        "Content-Range",
                        "bytes " + request.offset() + "-" + (size - 1) + "/" + (size + 1 + where))
                : honest(request);
        case NEW_VERSION -> {
          version.set(Math.min(8, version.get() + 1));
          yield honest(request);
        }
        case UNANNOUNCED_VERSION -> Answer.file(request, Fixture.content(size, 99), etag());
        case BIT -> honest(request).damagedAt(where);
        case GONE -> Answer.of(404, "");
        case PAGE -> Answer.page("<h1>Welcome</h1>");
      };
    }

    private static boolean ranged(Request request) {
      return request.offset() > 0;
    }

    private byte[] content() {
      return Fixture.content(size, version.get());
    }

    private String etag() {
      return "\"v" + version.get() + "\"";
    }

    private Answer honest(Request request) {
      return Answer.file(request, content(), etag());
    }
  }

  @Provide
  Arbitrary<Integer> sizes() {
    return Arbitraries.integers().between(0, 200_000);
  }

  @Provide
  Arbitrary<List<Trouble>> troubles() {
    return of(Arrays.stream(Fault.values()).filter(fault -> fault != Fault.NEW_VERSION).toList());
  }

  /** Those that do not swap or damage bytes behind the validator's back, which nobody could see. */
  @Provide
  Arbitrary<List<Trouble>> honestTroubles() {
    return of(
        Arrays.stream(Fault.values())
            .filter(fault -> fault != Fault.BIT && fault != Fault.UNANNOUNCED_VERSION)
            .toList());
  }

  private static Arbitrary<List<Trouble>> of(List<Fault> faults) {
    return Combinators.combine(Arbitraries.of(faults), Arbitraries.integers().between(0, 1 << 20))
        .as(Trouble::new)
        .list()
        .ofMaxSize(7);
  }

  private static byte[] bytesOf(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
