package dev.instar.fetch;

import dev.instar.fetch.Outcome.Status;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One file: looked for where it should be, else brought from the first location that has it. */
final class Download {
  private final PublishedFile file;
  private final Path target;
  private final Transfer.Context context;
  private final Meter meter;

  /**
   * @param folder where the file appears under its own name
   */
  Download(PublishedFile file, Path folder, Transfer.Context context, Meter meter) {
    this.file = file;
    this.target = folder.resolve(file.name());
    this.context = context;
    this.meter = meter;
  }

  /** Fetches the file and says how that ended; never throws. */
  Outcome run() {
    try {
      return fetch();
    } catch (StoppedException e) {
      return Outcome.without(file, target, Status.STOPPED, e.getMessage());
    } catch (UnreachableException e) {
      return Outcome.without(file, target, Status.UNREACHABLE, e.getMessage());
    } catch (IOException | RuntimeException e) {
      String problem = e instanceof RuntimeException ? "unexpected " + e : e.getMessage();
      return Outcome.without(file, target, Status.FAILED, problem);
    } finally {
      context.space().release(meter);
      meter.settle();
    }
  }

  private Outcome fetch() throws IOException {
    context.cancellation().check();
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      Optional<String> wrong = wrong();
      if (wrong.isEmpty()) {
        return new Outcome(
            file, target, Status.PRESENT, Files.size(target), "", file.checksums(), "");
      }
      context
          .notes()
          .accept(target + " is not the published file, " + wrong.get() + "; fetching it");
    }
    if (file.locations().isEmpty()) {
      throw new FetchException("this source does not have it; leave --source out");
    }
    try (PartFile part = PartFile.open(target)) {
      return fetch(part);
    }
  }

  private Outcome fetch(PartFile part) throws IOException {
    List<FetchException> failures = new ArrayList<>();
    for (Location location : file.locations()) {
      try {
        List<Checksum> verified = new Transfer(file, location, context, meter).fill(part);
        long bytes = part.length();
        part.publish();
        return new Outcome(
            file, target, Status.FETCHED, bytes, location.source().label(), verified, "");
      } catch (FetchException e) {
        failures.add(e);
        remark(location, failures.size(), e);
      }
    }
    throw all(failures);
  }

  /**
   * Tells why another source is tried; not of hosts that are out of reach, which the end tells, nor
   * between places of one source.
   */
  private void remark(Location location, int next, FetchException e) {
    boolean elsewhere =
        next < file.locations().size() && file.locations().get(next).source() != location.source();
    if (elsewhere && !(e instanceof UnreachableException)) {
      context
          .notes()
          .accept(file.name() + " from " + location.source().label() + ": " + e.getMessage());
    }
  }

  /** What is wrong with the file that lies there; empty if nothing is known to be. */
  private Optional<String> wrong() throws IOException {
    if (!Files.isRegularFile(target)) {
      throw new FetchException(target + " is there and is no file");
    }
    long length = Files.size(target);
    if (file.exact() && length != file.exactBytes()) {
      return Optional.of("it has " + length + " of " + file.exactBytes() + " bytes");
    }
    meter.enter(Meter.Phase.CHECKING, 0, length);
    try (FileChannel channel = FileChannel.open(target, StandardOpenOption.READ)) {
      return Digests.mismatch(
          channel::read, length, file.checksums(), meter, context.cancellation());
    }
  }

  private static FetchException all(List<FetchException> failures) {
    String sentence =
        failures.stream().map(Throwable::getMessage).distinct().collect(Collectors.joining("; "));
    FetchException last = failures.get(failures.size() - 1);
    return failures.stream().allMatch(UnreachableException.class::isInstance)
        ? new UnreachableException(sentence, last)
        : new FetchException(sentence, last);
  }
}
