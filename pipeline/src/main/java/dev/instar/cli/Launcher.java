package dev.instar.cli;

import java.nio.file.Path;
import java.util.Optional;

/** The program that started this process, which starts others of the same kind. */
final class Launcher {
  private Launcher() {}

  /** The launcher's path, absolute, unless Java was started by hand. */
  static Optional<Path> path() {
    return Optional.ofNullable(System.getProperty("instar.launcher")).map(Path::of);
  }
}
