package dev.instar.slurm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What squeue and sacct print, asked in the forms given here. Lines that make no sense are left
 * out.
 */
final class StateLines {
  /** Array, task, state, nodes; the reason last, since it is free text. */
  static final String QUEUE_FORMAT = "%F|%K|%T|%N|%r";

  static final String ACCOUNTS_FORMAT = "JobID,State,ExitCode,NodeList";

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  /** {@code 12}, {@code 12_3}, {@code 12_[3-5%2]}; not the steps {@code 12.batch}. */
  private static final Pattern JOB = Pattern.compile("(\\d{1,18})(?:_(?:(\\d+)|\\[([^\\]]*)\\]))?");

  private static final Pattern STATE = Pattern.compile("([A-Z_]+)\\b.*");
  private static final Pattern EXIT = Pattern.compile("(\\d+):(\\d+)");

  private StateLines() {}

  /** Reads {@code squeue --noheader --states=all --array --format=}{@value #QUEUE_FORMAT}. */
  static Map<TaskId, TaskState> ofQueue(String text) {
    Map<TaskId, TaskState> states = new LinkedHashMap<>();
    for (String line : text.split("\\R")) {
      String[] fields = line.strip().split("\\|", 5);
      if (fields.length == 5
          && NUMBER.matcher(fields[0]).matches()
          && STATE.matcher(fields[2]).matches()) {
        String reason = fields[4].equals("None") ? "" : fields[4];
        for (int task : tasks(fields[1])) {
          TaskId id = new TaskId(Long.parseLong(fields[0]), task);
          states.put(id, queued(new TaskState(id, fields[2], reason, fields[3], true)));
        }
      }
    }
    return states;
  }

  private static TaskState queued(TaskState state) {
    boolean ended =
        switch (state.phase()) {
          case WAITING, RUNNING -> false;
          case ENDED_WELL, ENDED_BADLY -> true;
        };
    return ended
        ? new TaskState(state.id(), state.state(), state.reason(), state.node(), false)
        : state;
  }

  /**
   * Reads {@code sacct --parsable2 --noheader --allocations --format=}{@value #ACCOUNTS_FORMAT}.
   */
  static Map<TaskId, TaskState> ofAccounts(String text) {
    Map<TaskId, TaskState> states = new LinkedHashMap<>();
    for (String line : text.split("\\R")) {
      String[] fields = line.strip().split("\\|", 4);
      if (fields.length < 4) {
        continue;
      }
      Matcher job = JOB.matcher(fields[0]);
      Matcher state = STATE.matcher(fields[1]); // CANCELLED by 1000
      if (job.matches() && state.matches()) {
        String node = fields[3].equals("None assigned") ? "" : fields[3];
        String range = job.group(3) != null ? job.group(3) : job.group(2);
        for (int task : tasks(range == null ? "N/A" : range)) {
          TaskId id = new TaskId(Long.parseLong(job.group(1)), task);
          states.put(id, new TaskState(id, state.group(1), reason(fields[2]), node, false));
        }
      }
    }
    return states;
  }

  private static List<Integer> tasks(String range) {
    return range.equals("N/A") ? List.of(-1) : TaskRange.parse(range).orElse(List.of());
  }

  /** Of the exit status and the signal. */
  private static String reason(String exit) {
    Matcher matcher = EXIT.matcher(exit);
    if (!matcher.matches() || exit.equals("0:0")) {
      return "";
    }
    return matcher.group(2).equals("0")
        ? String.format(Locale.ROOT, "exit status %s", matcher.group(1))
        : String.format(Locale.ROOT, "signal %s", matcher.group(2));
  }
}
