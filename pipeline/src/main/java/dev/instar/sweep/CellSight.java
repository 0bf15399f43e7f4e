package dev.instar.sweep;

import dev.instar.slurm.TaskId;
import dev.instar.slurm.TaskState;
import dev.instar.sweep.CellStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What can be seen of a cell without Slurm.
 *
 * @param holder who holds its lease, if anybody alive does as far as the lease tells
 * @param last its last attempt
 * @param submissions that it is part of, the newest first
 */
record CellSight(
    Cell cell,
    CellFolder folder,
    CellState state,
    Optional<Holder> holder,
    Optional<CellAttempt> last,
    Optional<CellProgress> progress,
    Optional<CellFailure> failure,
    List<Submission> submissions) {

  /** A task and what asked for it. */
  private record Known(Submission submission, TaskState task) {}

  /** Looks at the folder. */
  static CellSight of(Cell cell, CellFolder folder, List<Submission> all) throws IOException {
    CellState state = folder.state(cell);
    List<CellAttempt> attempts = folder.attempts();
    return new CellSight(
        cell,
        folder,
        state,
        state == CellState.RUNNING ? Lease.holder(folder.path()) : Optional.empty(),
        attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1)),
        folder.progress(),
        state == CellState.FAILED ? folder.failure() : Optional.empty(),
        all.stream().filter(submission -> submission.task(cell).isPresent()).toList());
  }

  /** All of it, with what Slurm says of tasks. */
  CellStatus status(Map<TaskId, TaskState> tasks) {
    Optional<Known> queued = known(tasks).filter(known -> known.task().queued());
    boolean waits = queued.isPresent() && queued.get().task().phase() == TaskState.Phase.WAITING;
    if (state == CellState.DONE) {
      return status(State.DONE, "", queued);
    }
    if (state == CellState.RUNNING) {
      Optional<Known> own = known(tasks).filter(known -> isOf(holder, known.task().id()));
      boolean gone = own.isPresent() && own.get().task().phase() != TaskState.Phase.RUNNING;
      if (!gone) {
        return status(State.RUNNING, "", own);
      }
      // Slurm knows at once what the lease tells after a minute and a half.
    }
    if (waits) {
      return status(State.QUEUED, SlurmWords.waiting(queued.get().task()), queued);
    }
    if (state == CellState.FAILED) {
      return status(State.FAILED, failure.map(CellFailure::message).orElse(""), Optional.empty());
    }
    if (queued.isPresent()) {
      return status(State.RUNNING, "begins, or ends", queued);
    }
    Optional<Known> ended = known(tasks).filter(known -> isLast(known));
    boolean begun = state != CellState.PENDING;
    if (ended.isPresent()) {
      Known known = ended.get();
      boolean never = !begun && known.task().state().equals("CANCELLED");
      return status(
          never ? State.PENDING : State.INTERRUPTED,
          SlurmWords.ended(known.task(), known.submission().resources()),
          ended);
    }
    return begun
        ? status(State.INTERRUPTED, interruption(), Optional.empty())
        : status(State.PENDING, "", Optional.empty());
  }

  /** The task that Slurm knows; one that is queued before any that ended, then the newest. */
  private Optional<Known> known(Map<TaskId, TaskState> tasks) {
    Optional<Known> newest = Optional.empty();
    for (Submission submission : submissions) {
      TaskState task = tasks.get(submission.task(cell).orElseThrow());
      if (task != null && task.queued()) {
        return Optional.of(new Known(submission, task));
      }
      if (task != null && newest.isEmpty()) {
        newest = Optional.of(new Known(submission, task));
      }
    }
    return newest;
  }

  private static boolean isOf(Optional<Holder> holder, TaskId task) {
    return holder.isPresent() && holder.get().job().equals(task.toString());
  }

  /** Whether nothing happened to the cell after the task. */
  private boolean isLast(Known known) {
    Optional<Holder> by = last.map(CellAttempt::begun);
    return isOf(by, known.task().id())
        || by.isEmpty()
        || by.get().since().isBefore(known.submission().when());
  }

  private String interruption() {
    boolean stopped = last.flatMap(CellAttempt::end).isPresent();
    return stopped ? "stopped; it continues" : "its process is gone; it continues";
  }

  private CellStatus status(State as, String reason, Optional<Known> known) {
    Optional<Holder> by = holder.or(() -> last.map(CellAttempt::begun));
    String host = by.map(Holder::host).orElse("");
    String job = by.map(Holder::job).orElse("");
    if (known.isPresent()) {
      TaskState task = known.get().task();
      host = task.node().isEmpty() ? host : task.node();
      job = task.id().toString();
    }
    return new CellStatus(
        cell,
        as,
        as == State.QUEUED || as == State.PENDING ? "" : host,
        job,
        holder.isPresent(),
        progress,
        failure,
        reason,
        log(job),
        OptionalDouble.empty());
  }

  /** What a task of Slurm prints goes to a file of its own. */
  private Path log(String job) {
    return submissions.stream()
        .map(submission -> submission.log(submission.task(cell).orElseThrow()))
        .filter(file -> file.getFileName().toString().equals(job + ".log"))
        .filter(Files::exists)
        .findFirst()
        .orElse(folder.log());
  }
}
