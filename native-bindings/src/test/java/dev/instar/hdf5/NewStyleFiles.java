package dev.instar.hdf5;

import dev.instar.testing.HdfTools;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Files as h5py writes them with {@code libver='latest'}: dense groups, newer chunk indexes,
 * virtual datasets.
 */
final class NewStyleFiles {
  private static Path made;

  private NewStyleFiles() {}

  /**
   * Puts {@code dense.h5}, {@code chunks.h5}, and {@code virtual.h5} with its parts into {@code
   * folder}; h5py makes them once for all tests.
   */
  static synchronized void copy(Path folder) throws Exception {
    if (made == null) {
      Path fresh = Files.createTempDirectory("new-style");
      try (InputStream script = NewStyleFiles.class.getResourceAsStream("new_style.py")) {
        HdfTools.h5py(new String(script.readAllBytes(), StandardCharsets.UTF_8), fresh);
      }
      made = fresh;
    }
    try (Stream<Path> files = Files.list(made)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }
}
