package dev.instar.slurm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Slurm's commands. Thread-safe; each call runs programs, and asks again for a minute at most while
 * the controller is away.
 */
public final class Slurm {
  private static final List<String> NEEDED = List.of("sbatch", "squeue", "scancel", "scontrol");

  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long BRIEF_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long FIRST_PAUSE_MILLIS = 250;

  /** As much as a line of arguments certainly takes. */
  private static final int TASKS_AT_A_TIME = 500;

  /** The controller was not reached: nothing was done. */
  private static final Pattern AWAY =
      Pattern.compile(
          "Unable to contact slurm controller|Connection refused|No route to host|"
              + "Slurm backup controller in standby mode|temporarily unable to accept job");

  /** It was reached and then fell silent: what was asked may have been done. */
  private static final Pattern SILENT =
      Pattern.compile(
          "Socket timed out|Zero Bytes were transmitted|Connection reset by peer|"
              + "Transport endpoint is not connected|Message receive failure");

  private static final Pattern UNKNOWN_JOB = Pattern.compile("Invalid job id");

  private static final Pattern ENDED =
      Pattern.compile("Invalid job id|already (completing or completed|finished)");

  private static final Pattern ARRAY_SIZE = Pattern.compile("MaxArraySize\\s*=\\s*(\\d{1,9})\\b");
  private static final Pattern JOB = Pattern.compile("(?m)^(\\d{1,18})(;.*)?$");

  private final Map<String, String> environment;
  private volatile boolean keepsAccounts;

  private Slurm(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    this.keepsAccounts = SlurmProgram.onPath("sacct", environment).isPresent();
  }

  /**
   * Slurm, if sbatch, squeue, scancel and scontrol are on the PATH.
   *
   * @throws SlurmException that says what is missing
   */
  public static Slurm find() throws SlurmException {
    return find(System.getenv());
  }

  /**
   * Slurm by the {@code PATH} and {@code SLURM_CONF} of an environment, which its programs get.
   *
   * @throws SlurmException that says what is missing
   */
  public static Slurm find(Map<String, String> environment) throws SlurmException {
    List<String> missing =
        NEEDED.stream()
            .filter(program -> SlurmProgram.onPath(program, environment).isEmpty())
            .toList();
    if (!missing.isEmpty()) {
      throw new SlurmException(
          "no Slurm here: "
              + String.join(", ", missing)
              + " not on the PATH; log in to a machine from which jobs are submitted, or load its module");
    }
    return new Slurm(environment);
  }

  /**
   * Submits a script.
   *
   * @param after jobs that must have ended well first; of an array, all tasks. If one does not, the
   *     job is cancelled
   * @return the number of the job
   * @throws SlurmException with sbatch's own words if it refuses
   */
  public long submit(Path script, Collection<Long> after) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sbatch", "--parsable"));
    if (!after.isEmpty()) {
      command.add("--dependency=afterok:" + joined(after, ":"));
      command.add("--kill-on-invalid-dep=yes");
    }
    command.add(script.toString());
    SlurmProgram sbatch = ask(command, AWAY);
    if (sbatch.status() != 0) {
      boolean silent = SILENT.matcher(sbatch.complaint()).find();
      throw new SlurmException(
          "sbatch refused "
              + script
              + ": "
              + sbatch.words()
              + (silent ? "; it may have been submitted all the same, see squeue --me" : ""));
    }
    Matcher job = JOB.matcher(sbatch.output());
    if (!job.find()) {
      throw new SlurmException(
          "sbatch gave no number for " + script + " but said: " + sbatch.words());
    }
    return Long.parseLong(job.group(1));
  }

  /** The most tasks that an array may have here. */
  public int mostTasks() throws IOException, InterruptedException {
    SlurmProgram scontrol = answered(List.of("scontrol", "show", "config"));
    Matcher size = ARRAY_SIZE.matcher(scontrol.output());
    if (!size.find()) {
      throw new SlurmException("scontrol show config names no MaxArraySize");
    }
    return Integer.parseInt(size.group(1)); // numbers from 0 to one less
  }

  /**
   * What is known of all tasks of jobs: by squeue of those in the queue and those that ended a
   * little while ago (MinJobAge, usually five minutes), by sacct of all others. Tasks that nothing
   * is known of are absent: where sacct is missing or the cluster keeps no accounts, those are all
   * that ended before.
   */
  public Map<TaskId, TaskState> states(Collection<Long> jobs)
      throws IOException, InterruptedException {
    if (jobs.isEmpty()) {
      return Map.of();
    }
    Map<TaskId, TaskState> states = new LinkedHashMap<>(accounts(jobs));
    SlurmProgram squeue =
        ask(
            List.of(
                "squeue",
                "--noheader",
                "--all",
                "--array",
                "--states=all",
                "--jobs=" + joined(jobs, ","),
                "--format=" + StateLines.QUEUE_FORMAT),
            any(AWAY, SILENT));
    if (squeue.status() == 0) {
      states.putAll(StateLines.ofQueue(squeue.output()));
    } else if (!UNKNOWN_JOB.matcher(squeue.complaint()).find()) {
      throw new SlurmException("squeue failed: " + squeue.words());
    }
    return states;
  }

  /** Accounts are welcome but not needed: whatever is wrong with them, squeue's answer stays. */
  private Map<TaskId, TaskState> accounts(Collection<Long> jobs)
      throws IOException, InterruptedException {
    if (!keepsAccounts) {
      return Map.of();
    }
    List<String> command =
        List.of(
            "sacct",
            "--parsable2",
            "--noheader",
            "--allocations",
            "--jobs=" + joined(jobs, ","),
            "--format=" + StateLines.ACCOUNTS_FORMAT);
    try {
      SlurmProgram sacct = SlurmProgram.run(command, environment, BRIEF_NANOS);
      if (sacct.status() == 0) {
        return StateLines.ofAccounts(sacct.output());
      }
      keepsAccounts = !sacct.complaint().contains("accounting storage is disabled");
    } catch (SlurmException e) {
      keepsAccounts = false; // it hangs, and would each time
    }
    return Map.of();
  }

  /**
   * Cancels tasks, or a whole array by the number of its job; those that have ended are no error.
   */
  public void cancel(Collection<TaskId> tasks) throws IOException, InterruptedException {
    scancel(List.of(), tasks);
  }

  /**
   * Sends a signal to the scripts of tasks that run, and not to what they started; those that have
   * ended are no error.
   *
   * @param signal its name without SIG
   */
  public void signal(Collection<TaskId> tasks, String signal)
      throws IOException, InterruptedException {
    scancel(List.of("--batch", "--signal=" + signal), tasks);
  }

  private void scancel(List<String> options, Collection<TaskId> tasks)
      throws IOException, InterruptedException {
    List<TaskId> all = List.copyOf(tasks);
    for (int first = 0; first < all.size(); first += TASKS_AT_A_TIME) {
      List<String> command = new ArrayList<>(List.of("scancel"));
      command.addAll(options);
      all.subList(first, Math.min(all.size(), first + TASKS_AT_A_TIME))
          .forEach(task -> command.add(task.toString()));
      SlurmProgram scancel = ask(command, any(AWAY, SILENT));
      boolean others =
          scancel
              .complaint()
              .lines()
              .anyMatch(line -> !line.isBlank() && !ENDED.matcher(line).find());
      if (scancel.status() != 0 && (others || scancel.complaint().isBlank())) {
        throw new SlurmException("scancel failed: " + scancel.words());
      }
    }
  }

  /** The task that this process is part of, by the environment. */
  public static Optional<TaskId> self(Map<String, String> environment) {
    Optional<Long> array = number(environment.get("SLURM_ARRAY_JOB_ID"));
    Optional<Long> task = number(environment.get("SLURM_ARRAY_TASK_ID"));
    if (array.isPresent() && task.isPresent() && task.get() <= Integer.MAX_VALUE) {
      return Optional.of(new TaskId(array.get(), task.get().intValue()));
    }
    return number(environment.get("SLURM_JOB_ID")).map(job -> new TaskId(job, -1));
  }

  /** How often Slurm had begun the job of this process before, by the environment. */
  public static int restarts(Map<String, String> environment) {
    return number(environment.get("SLURM_RESTART_COUNT"))
        .map(count -> (int) Math.min(count, Integer.MAX_VALUE))
        .orElse(0);
  }

  /**
   * What this machine has of Slurm, for {@code instar doctor}.
   *
   * @return its version
   * @throws SlurmException that says what is missing, or does not answer
   */
  public static String version(Map<String, String> environment)
      throws IOException, InterruptedException {
    find(environment);
    String version = brief(List.of("sbatch", "--version"), environment);
    brief(List.of("scontrol", "ping"), environment);
    return version;
  }

  private static String brief(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    SlurmProgram program = SlurmProgram.run(command, environment, BRIEF_NANOS);
    if (program.status() != 0) {
      throw new SlurmException("sbatch is here, but no cluster answers: " + program.words());
    }
    return program.output().strip();
  }

  /** Asks until there is an answer that is not one of {@code again}, or the minute is over. */
  private SlurmProgram ask(List<String> command, Pattern again)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT_NANOS;
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      SlurmProgram program = SlurmProgram.run(command, environment, end - System.nanoTime());
      boolean retry = program.status() != 0 && again.matcher(program.complaint()).find();
      if (!retry || System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause) >= end) {
        return program;
      }
      Thread.sleep(pause);
      pause *= 2;
    }
  }

  private SlurmProgram answered(List<String> command) throws IOException, InterruptedException {
    SlurmProgram program = ask(command, any(AWAY, SILENT));
    if (program.status() != 0) {
      throw new SlurmException(String.join(" ", command) + " failed: " + program.words());
    }
    return program;
  }

  private static Pattern any(Pattern one, Pattern other) {
    return Pattern.compile(one + "|" + other);
  }

  private static Optional<Long> number(String text) {
    return text != null && text.matches("\\d{1,18}")
        ? Optional.of(Long.parseLong(text))
        : Optional.empty();
  }

  private static String joined(Collection<Long> jobs, String separator) {
    return jobs.stream().map(String::valueOf).collect(Collectors.joining(separator));
  }
}
