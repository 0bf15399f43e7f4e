package dev.instar.taxonomy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Text files that appear, or are replaced, only when they are complete. */
public final class AtomicText {
  private AtomicText() {}

  /** Writes {@code text} to {@code file} as UTF-8. */
  public static void write(Path file, String text) throws IOException {
    try (AtomicFile atomic = AtomicFile.create(file)) {
      atomic.stream().write(text.getBytes(StandardCharsets.UTF_8));
      atomic.commit();
    }
  }
}
