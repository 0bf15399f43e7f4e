package dev.instar.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Photographs and expected values that lie beside the repository, not in it. Tests that need them
 * skip, visibly, where they are absent; {@code INSTAR_SHARED} names another place.
 */
public final class SharedData {
  private static final Path ROOT = root();

  private SharedData() {}

  /** The file or folder {@code relative}; skips the calling test where it is absent. */
  public static Path path(String relative) {
    Path path = ROOT.resolve(relative);
    assumeTrue(Files.exists(path), () -> "no " + path + ": set INSTAR_SHARED to the shared folder");
    return path;
  }

  private static Path root() {
    String named = System.getenv("INSTAR_SHARED");
    return Path.of(named != null ? named : System.getProperty("instar.shared", "../../shared"))
        .toAbsolutePath()
        .normalize();
  }
}
