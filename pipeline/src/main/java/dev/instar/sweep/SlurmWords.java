package dev.instar.sweep;

import dev.instar.slurm.Resources;
import dev.instar.slurm.TaskState;
import java.util.Map;

/** Slurm's words for why a task waits, or how it ended, as sentences that say what to do. */
final class SlurmWords {
  /** Reasons by squeue's manual page that do not speak for themselves. */
  private static final Map<String, String> WAITING =
      Map.ofEntries(
          Map.entry("None", "just submitted"),
          Map.entry("Resources", "next, when a node has room"),
          Map.entry("Priority", "others come first"),
          Map.entry("JobArrayTaskLimit", "as many as --max-running allows are running"),
          Map.entry("BeginTime", "requeued; Slurm lets it wait some two minutes"),
          Map.entry("Dependency", "waits for another job"),
          Map.entry("DependencyNeverSatisfied", "waits for a job that failed; cancel it"),
          Map.entry("JobHeldUser", "held: scontrol release it"),
          Map.entry("JobHeldAdmin", "held by an administrator"),
          Map.entry("PartitionDown", "its partition is down"),
          Map.entry("PartitionInactive", "its partition takes no jobs now"),
          Map.entry(
              "PartitionTimeLimit",
              "asks for more time than its partition allows; cancel it and submit with less"
                  + " --time"),
          Map.entry(
              "PartitionNodeLimit", "asks for more than its partition has; cancel it and ask less"),
          Map.entry("ReqNodeNotAvail", "nodes it needs are reserved or down"),
          Map.entry("Reservation", "waits for its reservation"));

  private SlurmWords() {}

  /** Why a task waits, Slurm's own word in parentheses. */
  static String waiting(TaskState task) {
    String word = task.reason();
    if (word.isEmpty()) {
      return "waits in the queue";
    }
    String said = WAITING.get(word.split("[,(]", 2)[0]);
    if (said == null) {
      said =
          word.matches("(QOS|Assoc).*")
              ? "a limit of your account or QOS is reached"
              : "waits in the queue";
    }
    return said + " (" + word + ")";
  }

  /** How a task ended that left no result. */
  static String ended(TaskState task, Resources asked) {
    String again = "; submit again, it continues";
    return switch (task.state()) {
      case "OUT_OF_MEMORY" ->
          "took more memory than its --mem"
              + asked.memory().map(" "::concat).orElse("")
              + "; submit again with more, it continues (OUT_OF_MEMORY)";
      case "TIMEOUT", "DEADLINE" ->
          "its --time"
              + asked.time().map(" "::concat).orElse("")
              + " was up"
              + again
              + " ("
              + task.state()
              + ")";
      case "NODE_FAIL", "BOOT_FAIL" -> "its node failed" + again + " (" + task.state() + ")";
      case "PREEMPTED" -> "another job took its place" + again + " (PREEMPTED)";
      case "CANCELLED" -> "cancelled in Slurm" + again + " (CANCELLED)";
      case "COMPLETED" -> "its task ended without a result" + again + " (COMPLETED)";
      default ->
          "its task ended before it was done"
              + again
              + " ("
              + task.state()
              + (task.reason().isEmpty() || task.reason().equals("None") ? "" : ", " + task.reason())
              + ")";
    };
  }
}
