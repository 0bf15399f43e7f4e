package dev.instar.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One command line of the demo, as a user would type it, and where its results go. */
record DemoVerb(PrintWriter out, List<String> arguments) {
  /**
   * @param words of the command line, with places for {@code values} as of {@link String#format}
   * @param paths which stand apart, since they may have blanks in them
   */
  DemoVerb(PrintWriter out, String words, List<Object> values, String... paths) {
    this(out, new ArrayList<>(List.of(words.formatted(values.toArray()).split(" "))));
    arguments.addAll(List.of(paths));
  }

  /**
   * Runs all of them, each shown before it begins.
   *
   * @param shown where they are shown
   * @return the exit status of the first that fails, or 0
   */
  static int carryOut(PrintWriter shown, List<DemoVerb> verbs) {
    for (DemoVerb verb : verbs) {
      shown.println("   $ instar " + String.join(" ", verb.arguments()));
      shown.flush();
      int status = verb.carryOut();
      // Empty wells have no box, and go to quarantine.
      if (status != ExitStatus.DONE && status != ExitStatus.QUARANTINED) {
        return status;
      }
    }
    return ExitStatus.DONE;
  }

  private int carryOut() {
    return Instar.run(
        out,
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        arguments.toArray(String[]::new));
  }
}
