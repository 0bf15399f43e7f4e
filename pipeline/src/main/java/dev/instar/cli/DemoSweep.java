package dev.instar.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The last part of the demo: the published experiments in miniature, on the pack and the table that
 * {@link DemoTraining} made. Two sizes, two networks, two losses and two seeds are 16 cells; those
 * that an earlier demo in the same folder has trained stay as they are.
 */
final class DemoSweep {
  /** Records of the small set. */
  static final int SMALL = 160;

  /** Records of the medium set. */
  static final int MEDIUM = 420;

  private static final String PLAN = "sweep.yaml";

  private final PrintWriter out;
  private final Path folder;
  private final int threads;

  /**
   * @param out where the verbs print their results
   * @param folder of the demo
   */
  DemoSweep(PrintWriter out, Path folder, int threads) {
    this.out = out;
    this.folder = folder;
    this.threads = threads;
  }

  /** The page about the sweep. */
  Path page() {
    return folder.resolve("report").resolve("index.html");
  }

  /** Runs everything; the exit status of the first verb that fails, or 0. */
  int carryOut() throws IOException {
    Path plan = folder.resolve(PLAN);
    try (InputStream in = DemoSweep.class.getResourceAsStream("demo-" + PLAN)) {
      Files.copy(in, plan, StandardCopyOption.REPLACE_EXISTING);
    }
    String sweep = folder.resolve("sweep").toString();
    return DemoVerb.carryOut(
        out,
        List.of(
            new DemoVerb(out, "sweep plan", List.of(), plan.toString(), "-o", sweep),
            new DemoVerb(out, "sweep run --parallel %d", List.of(threads), sweep),
            new DemoVerb(out, "report", List.of(), sweep, "-o", page().getParent().toString())));
  }
}
