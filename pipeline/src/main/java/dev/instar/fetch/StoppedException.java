package dev.instar.fetch;

import java.io.IOException;

/** The user asked to stop; what was received is kept. */
final class StoppedException extends IOException {
  StoppedException() {
    super("stopped; the same command continues");
  }
}
