package dev.instar.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the common verbs once on next to nothing, so that the classes they need are loaded: the
 * launcher makes its class-data archive from such a run.
 */
final class Rehearsal {
  private Rehearsal() {}

  /** Needs no arguments; prints nothing. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("instar-rehearsal");
    try {
      String photos = folder.resolve("photos").toString();
      String pack = folder.resolve("pack.h5").toString();
      run("--help");
      run("synth", "-o", photos, "--records", "2", "--image-size", "640x480");
      run("convert", photos, "-o", pack, "--crop", photos + "/boxes.csv", "--threads", "2");
      run("inspect", pack);
      run("verify", pack, "--json");
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        for (Path file : deepestFirst) {
          Files.delete(file);
        }
      }
    }
  }

  private static void run(String... arguments) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Instar.run(nowhere, nowhere, arguments);
  }
}
