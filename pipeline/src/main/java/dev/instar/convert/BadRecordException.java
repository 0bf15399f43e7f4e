package dev.instar.convert;

import dev.instar.image.InputException;
import java.io.IOException;
import java.util.Collection;

/** A record is bad, and the run was told to end at the first. */
public final class BadRecordException extends IOException {
  BadRecordException(String location, InputException cause) {
    super(message(location, cause.fault().label(), cause.getMessage()), cause);
  }

  private BadRecordException(String message) {
    super(message);
  }

  /** For the last of the records in quarantine. */
  static BadRecordException of(Collection<Quarantine.Entry> entries) {
    Quarantine.Entry last = null;
    for (Quarantine.Entry entry : entries) {
      last = entry;
    }
    return new BadRecordException(message(last.location(), last.reason(), last.message()));
  }

  private static String message(String location, String reason, String message) {
    return location + ": " + reason + ": " + message;
  }
}
