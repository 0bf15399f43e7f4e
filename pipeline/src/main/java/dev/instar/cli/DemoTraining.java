package dev.instar.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The second part of the demo: a small network learns the orders of sample photographs. It runs the
 * verbs that a user would.
 */
final class DemoTraining {
  /** Enough for a network to learn from in two minutes on two cores, and to be tested with. */
  private static final int PHOTOGRAPHS = 560;

  private final PrintWriter out;
  private final Path folder;
  private final int threads;

  /**
   * @param out where the training and the evaluation print their results
   * @param folder of the demo
   */
  DemoTraining(PrintWriter out, Path folder, int threads) {
    this.out = out;
    this.folder = folder;
    this.threads = threads;
  }

  /** The folder of the trained network. */
  Path run() {
    return folder.resolve("run");
  }

  /** The page about the trained network. */
  Path page() {
    return run().resolve("evaluation-test.html");
  }

  /** Runs everything; the exit status of the first verb that fails, or 0. */
  int carryOut() throws IOException {
    String photos = folder.resolve("specimens").toString();
    String pack = folder.resolve("specimens.h5").toString();
    String split = folder.resolve("split.tsv").toString();
    String all = String.valueOf(threads);
    Files.deleteIfExists(Path.of(pack));
    PrintWriter quiet = new PrintWriter(Writer.nullWriter());
    List<DemoVerb> verbs =
        List.of(
            new DemoVerb(
                quiet,
                "synth --records %d --image-size 640x480 --mix even --threads %s -o",
                List.of(PHOTOGRAPHS, all),
                photos),
            new DemoVerb(
                quiet,
                "convert --size 96 --threads %s --crop",
                List.of(all),
                photos + "/boxes.csv",
                photos,
                "-o",
                pack),
            new DemoVerb(
                quiet,
                "split --experiments small_insect_order,medium_insect_order,large_diptera_family,large_insect_order --small %d --medium %d --overwrite",
                List.of(DemoSweep.SMALL, DemoSweep.MEDIUM),
                photos + "/metadata.tsv",
                "-o",
                split),
            new DemoVerb(
                out,
                "train --experiment large_insect_order --model resnet18 --recipe fast --epochs 16 --batch 16 --overwrite"
                    + " --set augmentation.resize=72 --set augmentation.crop=64 --set normalisation=dataset --torch-threads %s --pack",
                List.of(all),
                pack,
                "--metadata",
                split,
                "-o",
                run().toString()),
            new DemoVerb(out, "evaluate", List.of(), run().toString()));
    return DemoVerb.carryOut(out, verbs);
  }
}
