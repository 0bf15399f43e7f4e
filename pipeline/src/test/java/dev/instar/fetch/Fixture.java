package dev.instar.fetch;

import dev.instar.fetch.Checksum.Algorithm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** Downloads with waits of milliseconds, and files to download. */
final class Fixture {
  static final long PLENTY = 1L << 50;

  private final Path folder;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private Map<String, String> environment = Map.of();
  private Map<String, String> tokens = Map.of();
  private Duration silence = Duration.ofSeconds(20);
  private BooleanSupplier stop = () -> false;
  private long free = PLENTY;
  private int retries = 4;

  Fixture(Path folder) {
    this.folder = folder;
  }

  Fixture environment(Map<String, String> variables) {
    environment = variables;
    return this;
  }

  Fixture token(String origin, String token) {
    tokens = Map.of(origin, token);
    return this;
  }

  Fixture silence(Duration longest) {
    silence = longest;
    return this;
  }

  Fixture stop(BooleanSupplier wish) {
    stop = wish;
    return this;
  }

  Fixture free(long bytes) {
    free = bytes;
    return this;
  }

  Fixture retries(int number) {
    retries = number;
    return this;
  }

  List<Outcome> fetch(List<PublishedFile> files) throws IOException {
    return new Downloads(
            folder,
            new FetchSettings(3, retries, silence),
            new Network(Proxies.of(environment), tokens, silence),
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(4)),
            new DiskSpace(folder, path -> free),
            FetchProgress.on(new PrintStream(log, true, StandardCharsets.UTF_8), false),
            stop)
        .fetch(files);
  }

  Outcome fetch(PublishedFile file) throws IOException {
    return fetch(List.of(file)).get(0);
  }

  /** What was remarked. */
  String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** Bytes that look like nothing. */
  static byte[] content(int length, long seed) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  static Checksum checksum(Algorithm algorithm, byte[] content) {
    MessageDigest digest = algorithm.digest();
    digest.update(content);
    return Checksum.of(algorithm, digest);
  }

  /** A file of which only the name is known. */
  static PublishedFile named(String name, URI... uris) {
    return new PublishedFile(
        name, PublishedFile.UNKNOWN, false, List.of(), locations(Source.ZENODO, uris));
  }

  /** A file of which the size and the MD5 are known. */
  static PublishedFile known(String name, byte[] content, URI... uris) {
    return new PublishedFile(
        name,
        content.length,
        true,
        List.of(checksum(Algorithm.MD5, content)),
        locations(Source.ZENODO, uris));
  }

  static List<Location> locations(Source source, URI... uris) {
    return Arrays.stream(uris).map(uri -> new Location(source, uri)).toList();
  }
}
