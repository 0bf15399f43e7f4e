package dev.instar.slurm;

/**
 * What Slurm says of a task.
 *
 * @param state Slurm's word, such as {@code PENDING}, {@code RUNNING}, {@code TIMEOUT}, {@code
 *     OUT_OF_MEMORY}, {@code NODE_FAIL}
 * @param reason why it waits or ended, empty if Slurm gives none
 * @param node where it runs or ran, empty before
 * @param queued whether it is still in the queue, running or waiting
 */
public record TaskState(TaskId id, String state, String reason, String node, boolean queued) {}
