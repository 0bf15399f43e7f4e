package dev.instar.slurm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tasks of an array as Slurm abbreviates them: {@code 4}, {@code 4-9}, {@code 0-8:2}, several
 * with commas between them, and {@code %2} behind for how many of them may run at a time.
 */
final class TaskRange {
  /** An array's numbers end below this (slurm.conf(5), MaxArraySize). */
  private static final int END = 4_000_001;

  private static final Pattern PART = Pattern.compile("(\\d{1,7})(?:-(\\d{1,7})(?::(\\d{1,7}))?)?");

  private TaskRange() {}

  /** The numbers, in the order of the text; empty if it is no such text. */
  static Optional<List<Integer>> parse(String text) {
    int limit = text.indexOf('%');
    List<Integer> tasks = new ArrayList<>();
    for (String part : (limit < 0 ? text : text.substring(0, limit)).split(",", -1)) {
      Matcher matcher = PART.matcher(part);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      int first = Integer.parseInt(matcher.group(1));
      int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
      int step = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
      if (last >= END || step == 0 || tasks.size() + (last - first) / step >= END) {
        return Optional.empty();
      }
      for (int task = first; task <= last; task += step) {
        tasks.add(task);
      }
    }
    return Optional.of(tasks);
  }
}
