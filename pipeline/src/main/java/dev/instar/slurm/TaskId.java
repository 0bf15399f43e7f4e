package dev.instar.slurm;

/**
 * A job, or a task of an array.
 *
 * @param job the array's number, or the job's
 * @param task in the array, -1 for a job without one
 */
public record TaskId(long job, int task) {
  /** As Slurm writes it, {@code 123_4} or {@code 123}. */
  @Override
  public String toString() {
    return task < 0 ? String.valueOf(job) : job + "_" + task;
  }
}
