package dev.instar.sweep;

import dev.instar.slurm.Resources;
import dev.instar.slurm.TaskState;
import java.util.Map;
import java.util.Optional;

/** Slurm's words for why a task waits, or how it ended, as sentences that say what to do. */
final class SlurmWords {
  private static final String AGAIN = "; submit again to go on";

  /** Reasons of squeue's manual page, without what follows a comma in them. */
  private static final Map<String, String> WAITING =
      Map.ofEntries(
          Map.entry("Resources", "next, when a node has room"),
          Map.entry("Priority", "others come first"),
          Map.entry("JobArrayTaskLimit", "as many as --max-running allows are running"),
          Map.entry("BeginTime", "requeued; Slurm lets it wait some two minutes"),
          Map.entry("Dependency", "waits for another job"),
          Map.entry("DependencyNeverSatisfied", "waits for a job that failed; cancel it"),
          Map.entry("JobHeldUser", "held; scontrol release lets it go on"),
          Map.entry("JobHeldAdmin", "held by an administrator"),
          Map.entry("PartitionDown", "its partition is down"),
          Map.entry("PartitionInactive", "its partition takes no jobs now"),
          Map.entry(
              "PartitionTimeLimit",
              "asks for more --time than its partition allows; cancel it and submit with less"),
          Map.entry(
              "PartitionNodeLimit",
              "asks for more than its partition has; cancel it and submit with less"),
          Map.entry("ReqNodeNotAvail", "nodes that it needs are reserved or down"),
          Map.entry("Reservation", "waits for its reservation"));

  private SlurmWords() {}

  /** Why a task waits, Slurm's own word in brackets. */
  static String waiting(TaskState task) {
    String word = task.reason();
    if (word.isEmpty()) {
      return "waits in the queue";
    }
    String usual =
        word.matches("(QOS|Assoc).*")
            ? "a limit of the account or QOS is reached"
            : "waits in the queue";
    return WAITING.getOrDefault(word.split("[,(]", 2)[0], usual) + " (" + word + ")";
  }

  /** How a task ended that left no result, Slurm's own words in brackets. */
  static String ended(TaskState task, Resources asked) {
    String sentence =
        switch (task.state()) {
          case "OUT_OF_MEMORY" ->
              "took more memory than it asked for"
                  + option("--mem", asked.memory())
                  + "; submit again with more";
          case "TIMEOUT", "DEADLINE" ->
              "its time" + option("--time", asked.time()) + " was up" + AGAIN;
          case "NODE_FAIL", "BOOT_FAIL" -> "its node failed" + AGAIN;
          case "PREEMPTED" -> "another job took its place" + AGAIN;
          case "CANCELLED" -> "cancelled in Slurm" + AGAIN;
          case "COMPLETED" -> "its task ended without a result" + AGAIN;
          default -> "its task ended before it was done" + AGAIN;
        };
    return sentence
        + " ("
        + task.state()
        + (task.reason().isEmpty() ? "" : ", " + task.reason())
        + ")";
  }

  private static String option(String name, Optional<String> value) {
    return value.map(given -> " (" + name + " " + given + ")").orElse("");
  }
}
