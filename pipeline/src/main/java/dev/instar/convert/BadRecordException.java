package dev.instar.convert;

import dev.instar.image.InputException;
import java.io.IOException;

/** A record is bad, and the run was told to end at the first. */
public final class BadRecordException extends IOException {
  BadRecordException(String location, InputException cause) {
    super(message(location, cause.fault().label(), cause.getMessage()), cause);
  }

  private BadRecordException(String message) {
    super(message);
  }

  /** For a record that is in quarantine. */
  static BadRecordException of(Quarantine.Entry entry) {
    return new BadRecordException(message(entry.location(), entry.reason(), entry.message()));
  }

  private static String message(String location, String reason, String message) {
    return location + ": " + reason + ": " + message;
  }
}
