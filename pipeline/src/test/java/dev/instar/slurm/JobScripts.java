package dev.instar.slurm;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small scripts for tests. */
final class JobScripts {
  /** What nothing is asked in. */
  static final Resources MODEST =
      new Resources(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          0,
          Optional.empty(),
          0,
          List.of());

  private JobScripts() {}

  /** Runs {@code command} with bash in {@code folder}, where the logs go too. */
  static BatchScript script(Path folder, int tasks, Resources resources, String... command) {
    return new BatchScript(
        "instar test", List.of(), tasks, resources, folder, Map.of(), List.of(), List.of(command));
  }

  /** What is asked of a partition, with so many processors that only one such job fits a node. */
  static Resources wholeNode(String partition, List<String> extra) {
    return new Resources(
        Optional.of(partition),
        Optional.empty(),
        Optional.empty(),
        Optional.of("10"),
        0,
        4,
        Optional.of("100M"),
        0,
        extra);
  }
}
