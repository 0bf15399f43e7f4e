package dev.instar.torch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Writes safetensors files. */
public final class SafetensorsWriter {
  private SafetensorsWriter() {}

  /**
   * Writes {@code file} atomically: it is there whole, and on disk, or not at all.
   *
   * @param tensors in the order in which they are to lie in the file
   * @param metadata text for {@code __metadata__}
   */
  public static void write(
      Path file, Map<String, StoredTensor> tensors, Map<String, String> metadata)
      throws IOException {
    throw new UnsupportedOperationException();
  }
}
