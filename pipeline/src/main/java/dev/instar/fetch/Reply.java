package dev.instar.fetch;

import dev.instar.fetch.Checksum.Algorithm;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The answer at the end of a chain of redirects. Whoever got it closes it.
 *
 * @param uri where it came from in the end
 * @param status of HTTP
 * @param headers of this answer
 * @param framed whether the body shows where it ends even without a stated length
 * @param linked those of Hugging Face's redirect, which describe the file behind it; else the same
 *     as {@code headers}
 * @param body not read yet
 */
record Reply(
    URI uri, int status, HttpHeaders headers, boolean framed, HttpHeaders linked, BodyReader body)
    implements AutoCloseable {
  private static final String LINKED_ETAG = "X-Linked-ETag";
  private static final String LINKED_SIZE = "X-Linked-Size";

  /** Whether it is a page for people, not a file. */
  boolean isPage() {
    String type = headers.firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    String disposition = headers.firstValue("Content-Disposition").orElse("");
    return type.startsWith("text/html")
        && !disposition.toLowerCase(Locale.ROOT).startsWith("attachment");
  }

  /** The body's length in bytes, or {@link PublishedFile#UNKNOWN}. */
  long length() {
    return number(headers, "Content-Length");
  }

  /** The file's size as Hugging Face states it, or {@link PublishedFile#UNKNOWN}. */
  long linkedSize() {
    return number(linked, LINKED_SIZE);
  }

  /** The file's SHA-256 as Hugging Face states it for files in large-file storage. */
  Optional<Checksum> linkedChecksum() {
    return linked
        .firstValue(LINKED_ETAG)
        .map(tag -> tag.strip().replaceFirst("^W/", "").replace("\"", ""))
        .filter(tag -> tag.matches("[0-9a-fA-F]{64}"))
        .map(tag -> new Checksum(Algorithm.SHA256, tag));
  }

  /**
   * The checksums of the whole file that an answer with all of it states: Hugging Face's, and
   * Google's ({@code X-Goog-Hash}).
   */
  List<Checksum> statedChecksums() {
    List<Checksum> stated = new ArrayList<>();
    linkedChecksum().ifPresent(stated::add);
    headers.allValues("X-Goog-Hash").stream()
        .flatMap(field -> Arrays.stream(field.split(",")))
        .forEach(sum -> googleChecksum(sum.strip()).ifPresent(stated::add));
    return stated;
  }

  private static Optional<Checksum> googleChecksum(String text) {
    Algorithm algorithm =
        text.startsWith("md5=")
            ? Algorithm.MD5
            : text.startsWith("crc32c=") ? Algorithm.CRC32C : null;
    if (algorithm == null) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text.substring(text.indexOf('=') + 1));
      return Optional.of(new Checksum(algorithm, HexFormat.of().formatHex(bytes)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What identifies this version of the file. */
  Validator validator() {
    return new Validator(
        headers.firstValue("ETag").orElse(""), headers.firstValue("Last-Modified").orElse(""));
  }

  static boolean describesLinkedFile(HttpHeaders headers) {
    return headers.firstValue(LINKED_ETAG).isPresent();
  }

  private static long number(HttpHeaders headers, String name) {
    return headers
        .firstValue(name)
        .map(String::strip)
        .filter(value -> value.matches("\\d{1,18}"))
        .map(Long::valueOf)
        .orElse(PublishedFile.UNKNOWN);
  }

  @Override
  public void close() {
    body.close();
  }
}
