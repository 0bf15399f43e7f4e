package dev.instar.slurm;

import java.util.Set;

/**
 * What Slurm says of a task.
 *
 * @param state Slurm's word, such as {@code PENDING}, {@code RUNNING}, {@code TIMEOUT}, {@code
 *     OUT_OF_MEMORY}, {@code NODE_FAIL}
 * @param reason why it waits or ended, empty if Slurm gives none
 * @param node where it runs or ran, empty before
 * @param queued whether it is still in the queue, running or waiting
 */
public record TaskState(TaskId id, String state, String reason, String node, boolean queued) {
  /** What matters of Slurm's two dozen words. */
  public enum Phase {
    /** In the queue, for the first time or again: also held, and requeued after it began. */
    WAITING,
    /** On a node; also while it begins, ends or is suspended there. */
    RUNNING,
    /** With exit status 0. */
    ENDED_WELL,
    /** In any other way: failed, cancelled, over its time or memory, lost with its node. */
    ENDED_BADLY
  }

  private static final Set<String> WAITING =
      Set.of("PENDING", "REQUEUED", "REQUEUE_FED", "REQUEUE_HOLD", "RESV_DEL_HOLD", "SPECIAL_EXIT");

  private static final Set<String> RUNNING =
      Set.of(
          "RUNNING",
          "CONFIGURING",
          "COMPLETING",
          "SUSPENDED",
          "STOPPED",
          "SIGNALING",
          "STAGE_OUT",
          "RESIZING");

  /** The state in a word of ours. */
  public Phase phase() {
    if (WAITING.contains(state)) {
      return Phase.WAITING;
    }
    if (RUNNING.contains(state)) {
      return Phase.RUNNING;
    }
    return state.equals("COMPLETED") ? Phase.ENDED_WELL : Phase.ENDED_BADLY;
  }
}
