package dev.instar.cli;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Where something was thrown, as a text to keep. */
final class StackTrace {
  /** Enough to see through a loop; a stack that overflowed has thousands. */
  private static final int MOST_FRAMES = 60;

  private StackTrace() {}

  /** The failure and its causes, each with where it was thrown. */
  static String of(Throwable failure) {
    StringBuilder text = new StringBuilder();
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable at = failure; at != null && seen.add(at); at = at.getCause()) {
      text.append(at == failure ? "" : "Caused by: ").append(at).append('\n');
      StackTraceElement[] frames = at.getStackTrace();
      for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
        text.append("    at ").append(frames[i]).append('\n');
      }
    }
    return text.toString();
  }
}
