package dev.instar.sweep;

import dev.instar.slurm.Slurm;
import dev.instar.slurm.TaskId;
import java.time.Instant;

/**
 * Who holds a lease.
 *
 * @param host its name
 * @param boot what tells a boot of the host from another, and a container's processes from the
 *     host's; empty where unknown
 * @param process its number on the host
 * @param started when the process started, in the host's own units: numbers of processes come again
 * @param job the Slurm job, as {@code 123_4} for a task of an array, or empty
 * @param restarts how often Slurm had begun the job again before this process
 * @param since when it took the lease
 */
public record Holder(
    String host,
    String boot,
    long process,
    String started,
    String job,
    int restarts,
    Instant since) {
  /** This process, from now on. */
  static Holder here() {
    return of(ProcessHandle.current().pid(), Instant.now());
  }

  /** A process of this host and of this job. */
  static Holder of(long process, Instant since) {
    return new Holder(
        LocalProcesses.HOST,
        LocalProcesses.BOOT,
        process,
        LocalProcesses.started(process).orElse(""),
        Slurm.self(System.getenv()).map(TaskId::toString).orElse(""),
        Slurm.restarts(System.getenv()),
        since);
  }

  /**
   * Whether it was of an earlier run of the Slurm job that this process is part of. Slurm runs a
   * job once at a time, so that run is over; others of the same run, on whatever node, are not.
   */
  public boolean ofFormerRun() {
    return isFormerRunOf(here());
  }

  boolean isFormerRunOf(Holder other) {
    return !job.isEmpty() && job.equals(other.job) && restarts < other.restarts;
  }

  /**
   * Whether it is certain that the process has ended: it was of this boot of this host, and is no
   * more. What lives on another host is never certain.
   */
  boolean gone() {
    return !boot.isEmpty()
        && boot.equals(LocalProcesses.BOOT)
        && host.equals(LocalProcesses.HOST)
        && LocalProcesses.ended(process, started);
  }
}
