package dev.instar.fetch;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings one file from one location, in as many attempts as it takes.
 *
 * <p>Bytes of an earlier attempt are continued only where it can be shown that they belong to the
 * same file: by a checksum of the whole, or by the server's validator.
 */
final class Transfer {
  /** An attempt that adds this much is progress, and failures are counted anew. */
  private static final long PROGRESS = 1 << 20;

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
  private static final int TRIES_TO_CONNECT = 2;
  private static final int TRIES_TO_BE_RIGHT = 2;
  private static final int MOST_PAGES = 3;

  private final PublishedFile file;
  private final Location location;
  private final Context context;
  private final Meter meter;
  private boolean connected;
  private int corrupt;

  /**
   * What all transfers share.
   *
   * @param network to ask
   * @param retries attempts without progress after the first
   * @param backoff between them
   * @param space on the disk
   * @param cancellation the user's wish to end
   * @param notes takes a line for each thing that the user might want to know
   */
  record Context(
      Network network,
      int retries,
      Backoff backoff,
      DiskSpace space,
      Cancellation cancellation,
      Consumer<String> notes) {}

  Transfer(PublishedFile file, Location location, Context context, Meter meter) {
    this.file = file;
    this.location = location;
    this.context = context;
    this.meter = meter;
  }

  /**
   * Fills {@code part} until it is whole and right.
   *
   * @return the checksums that were compared
   * @throws FetchException if this location cannot provide the file
   */
  List<Checksum> fill(PartFile part) throws IOException {
    int failures = 0;
    long best = part.length();
    while (true) {
      try {
        reconcile(part);
        while (!isWhole(part)) {
          receive(part);
        }
        return verify(part);
      } catch (TransferException e) {
        failures = part.length() - best >= PROGRESS ? 1 : failures + 1;
        best = Math.max(best, part.length());
        pause(failures, e);
      }
    }
  }

  private void pause(int failures, TransferException e) throws IOException {
    boolean never = e instanceof TransferException.NoConnection && !connected;
    if (failures > (never ? Math.min(context.retries, TRIES_TO_CONNECT - 1) : context.retries)) {
      throw never
          ? new UnreachableException(e.getMessage(), e)
          : new FetchException(e.getMessage() + ", after " + failures + " attempts", e);
    }
    Duration asked = e.retryAfter().orElse(Duration.ZERO);
    if (asked.compareTo(LONGEST_WAIT) > 0) {
      throw new FetchException(
          e.getMessage() + "; try again in " + Amount.seconds(asked.toSeconds()), e);
    }
    Duration own = context.backoff.delay(failures);
    Duration wait = asked.compareTo(own) > 0 ? asked : own;
    if (!never) {
      context.notes.accept(
          file.name()
              + " from "
              + location.source().label()
              + ": "
              + e.getMessage()
              + "; again in "
              + Amount.seconds(wait.toMillis() / 1000.0));
    }
    context.cancellation.sleep(wait);
  }

  /** Keeps what lies here already only if what comes can be shown to continue it. */
  private void reconcile(PartFile part) throws IOException {
    if (part.state().isEmpty()) {
      if (part.length() > 0) {
        part.discard();
      }
      return;
    }
    PartState state = part.state().get();
    boolean fits =
        state.total() == PublishedFile.UNKNOWN
            || part.length() <= state.total()
                && (!file.exact() || state.total() == file.exactBytes());
    boolean provable = !file.checksums().isEmpty();
    boolean identified =
        isFromHere(state)
            && (state.validator().ifRange().isPresent() || !state.checksums().isEmpty());
    if (!fits || !provable && !identified) {
      part.discard();
    }
  }

  private boolean isFromHere(PartState state) {
    return state.uri().equals(location.uri().toString());
  }

  private static boolean isWhole(PartFile part) {
    return part.state().filter(state -> state.total() == part.length()).isPresent();
  }

  private void receive(PartFile part) throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    part.state()
        .filter(state -> part.length() > 0)
        .ifPresent(
            state -> {
              fields.put("Range", "bytes=" + part.length() + "-");
              if (isFromHere(state)) {
                state.validator().ifRange().ifPresent(value -> fields.put("If-Range", value));
              }
            });
    try (Reply reply = request(fields)) {
      connected = true;
      switch (reply.status()) {
        case 200 -> {
          requirePlain(reply);
          receiveWhole(reply, part);
        }
        case 206 -> {
          requirePlain(reply);
          receiveRest(reply, part);
        }
        case 416 -> receiveNothing(reply, part);
        default -> throw refusal(reply);
      }
    }
  }

  private static void requirePlain(Reply reply) throws FetchException {
    String coding = reply.headers().firstValue("Content-Encoding").orElse("identity");
    if (!coding.equalsIgnoreCase("identity")) {
      throw new FetchException(host(reply) + " sends it encoded as " + coding + ", unasked");
    }
  }

  /** The answer that carries the file, behind the pages that Drive puts before it. */
  private Reply request(Map<String, String> fields) throws IOException {
    Reply reply = context.network.get(location.uri(), fields, context.cancellation);
    for (int pages = 0; reply.isPage() && reply.status() < 300; pages++) {
      try (Reply page = reply) {
        if (location.source() != Source.DRIVE || pages == MOST_PAGES) {
          throw new FetchException(
              host(page)
                  + " sent a web page instead of the file; does this network ask for a login?");
        }
        // A part of a page is of no use.
        reply =
            page.status() == 206
                ? context.network.get(page.uri(), Map.of(), context.cancellation)
                : context.network.get(confirmation(page), fields, context.cancellation);
      }
    }
    return reply;
  }

  private URI confirmation(Reply page) throws IOException {
    return drivePage(page).confirmation();
  }

  private DrivePage drivePage(Reply page) throws IOException {
    String html =
        page.body().text(DrivePage.LONGEST, context.network.silence(), context.cancellation);
    return new DrivePage(page.uri(), html);
  }

  private void receiveWhole(Reply reply, PartFile part) throws IOException {
    long total = reply.length() >= 0 ? reply.length() : reply.linkedSize();
    total = total >= 0 ? total : file.exactBytes();
    if (file.exact() && total != file.exactBytes()) {
      throw new FetchException(
          host(reply) + " has " + total + " bytes, the published file has " + file.exactBytes());
    }
    if (reply.linkedSize() >= 0 && total != reply.linkedSize()) {
      throw new TransferException(
          host(reply) + " sends " + total + " of " + reply.linkedSize() + " bytes");
    }
    boolean checkable = !file.checksums().isEmpty() || !reply.statedChecksums().isEmpty();
    if (total < 0 && !reply.framed() && !checkable) {
      throw new FetchException(
          host(reply) + " does not say how long the file is, so a cut could not be seen");
    }
    part.begin(stateOf(reply, total, reply.statedChecksums()));
    copy(reply, part, total);
  }

  private void receiveRest(Reply reply, PartFile part) throws IOException {
    Optional<ContentRange> range =
        reply.headers().firstValue("Content-Range").flatMap(ContentRange::parse);
    Optional<PartState> state = part.state();
    if (range.isEmpty()
        || range.get().first() != part.length()
        || contradicts(reply, range.get(), state)) {
      part.discard();
      throw new TransferException(
          host(reply) + " has another version of the file, or sent another part; beginning anew");
    }
    long total = range.get().total();
    if (total < 0) {
      total = state.map(PartState::total).orElse(PublishedFile.UNKNOWN);
    }
    PartState next = stateOf(reply, total, reply.linkedChecksum().stream().toList());
    if (state.isEmpty()) {
      part.begin(next);
    } else {
      part.continueFrom(merged(state.get(), next).withStored(state.get().stored()));
    }
    copy(reply, part, range.get().last() + 1);
  }

  private boolean contradicts(Reply reply, ContentRange range, Optional<PartState> before) {
    boolean known = range.total() >= 0;
    if (known && file.exact() && range.total() != file.exactBytes()
        || known && reply.linkedSize() >= 0 && range.total() != reply.linkedSize()
        || reply.length() >= 0 && reply.length() != range.last() - range.first() + 1) {
      return true;
    }
    return before
        .filter(
            state ->
                known && state.total() >= 0 && range.total() != state.total()
                    || isFromHere(state) && state.validator().contradicts(reply.validator())
                    || reply
                        .linkedChecksum()
                        .filter(sum -> contradicts(state.checksums(), sum))
                        .isPresent())
        .isPresent();
  }

  private static boolean contradicts(List<Checksum> known, Checksum stated) {
    return known.stream()
        .anyMatch(sum -> sum.algorithm() == stated.algorithm() && !sum.equals(stated));
  }

  /** The range that was asked for lies outside: all bytes are here, or they are of another file. */
  private void receiveNothing(Reply reply, PartFile part) throws IOException {
    Optional<Long> total =
        reply.headers().firstValue("Content-Range").flatMap(ContentRange::unsatisfied);
    Optional<PartState> state = part.state();
    if (state.isPresent()
        && state.get().total() < 0
        && total.filter(size -> size == part.length()).isPresent()) {
      part.continueFrom(state.get().withTotal(part.length()));
      return;
    }
    part.discard();
    throw new TransferException(host(reply) + " has no more bytes to send; beginning anew");
  }

  private void copy(Reply reply, PartFile part, long end) throws IOException {
    long total = part.state().map(PartState::total).orElse(PublishedFile.UNKNOWN);
    meter.enter(Meter.Phase.FETCHING, part.length(), total >= 0 ? total : file.bytes());
    context.space.claim(meter);
    while (true) {
      List<ByteBuffer> piece = reply.body().next(context.network.silence(), context.cancellation);
      if (piece.isEmpty()) {
        break;
      }
      long bytes = piece.stream().mapToLong(ByteBuffer::remaining).sum();
      if (end >= 0 && part.length() + bytes > end) {
        part.discard();
        throw new TransferException(host(reply) + " sent more bytes than it announced");
      }
      part.append(piece);
      meter.receive(bytes);
    }
    if (end < 0) {
      part.continueFrom(part.state().orElseThrow().withTotal(part.length()));
    } else if (part.length() < end) {
      throw new TransferException(
          "the connection ended after " + part.length() + " of " + end + " bytes");
    }
  }

  private List<Checksum> verify(PartFile part) throws IOException {
    List<Checksum> expected = new ArrayList<>(file.checksums());
    part.state().map(PartState::checksums).orElse(List.of()).stream()
        .filter(sum -> !expected.contains(sum))
        .forEach(expected::add);
    meter.enter(Meter.Phase.VERIFYING, 0, part.length());
    Optional<String> wrong =
        Digests.mismatch(part::read, part.length(), expected, meter, context.cancellation);
    if (wrong.isPresent()) {
      part.discard();
      String sentence = "what came is not the published file, " + wrong.get();
      if (++corrupt == TRIES_TO_BE_RIGHT) {
        throw new FetchException(sentence);
      }
      throw new TransferException(sentence);
    }
    return expected;
  }

  private IOException refusal(Reply reply) throws IOException {
    int status = reply.status();
    String host = host(reply);
    if (location.source() == Source.DRIVE && reply.isPage() && drivePage(reply).isOutOfQuota()) {
      return DrivePage.outOfQuota();
    }
    return switch (status) {
      case 408, 425, 429, 500, 502, 503, 504 ->
          new TransferException(
              host + " is busy (" + status + ")",
              reply
                  .headers()
                  .firstValue("Retry-After")
                  .flatMap(field -> Backoff.retryAfter(field, Clock.systemUTC())));
      case 401, 403 ->
          new FetchException(
              host
                  + " refuses access ("
                  + status
                  + ")"
                  + (location.source() == Source.HUGGINGFACE
                      ? "; HF_TOKEN may hold a token that has it"
                      : ""));
      case 407 ->
          new FetchException(
              "the proxy asks for a name and a password: HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT");
      case 404, 410 -> new FetchException(host + " does not have it (" + status + ")");
      default -> new FetchException(host + " answered with status " + status);
    };
  }

  private PartState stateOf(Reply reply, long total, List<Checksum> checksums) {
    Validator validator = reply.validator();
    return new PartState(
        location.uri().toString(), validator.etag(), validator.lastModified(), total, checksums, 0);
  }

  /** {@code next} with what only {@code before} knew, where both are of the same place. */
  private PartState merged(PartState before, PartState next) {
    if (!isFromHere(before)) {
      return next;
    }
    return new PartState(
        next.uri(),
        next.etag().isEmpty() ? before.etag() : next.etag(),
        next.lastModified().isEmpty() ? before.lastModified() : next.lastModified(),
        next.total(),
        next.checksums().isEmpty() ? before.checksums() : next.checksums(),
        before.stored());
  }

  private static String host(Reply reply) {
    return reply.uri().getHost();
  }
}
