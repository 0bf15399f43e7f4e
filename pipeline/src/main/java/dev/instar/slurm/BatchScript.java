package dev.instar.slurm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A job script for sbatch that a person can read, keep and change.
 *
 * @param name of the job
 * @param comment what it does, at the top of the script, a line each
 * @param tasks of the array, numbered from 0; 0 for a job without an array
 * @param logs the folder of the logs; it must exist before submission. Absolute
 * @param variables of the shell that {@code command} uses, by name, in the order of the map; quoted
 *     by the script
 * @param stage variables among them that name files to copy to node-local storage first, verified
 *     by their checksum, where {@code $SLURM_TMPDIR} is set; the variable then names the copy
 * @param command lines of bash before the last, which is the command itself, run in the background
 *     so that signals reach it: a program and its arguments, which may go on over several lines
 */
public record BatchScript(
    String name,
    List<String> comment,
    int tasks,
    Resources resources,
    Path logs,
    Map<String, String> variables,
    List<String> stage,
    List<String> command) {
  /** The exit status of a command that stopped before its end and wants to be run again. */
  public static final int TRY_AGAIN = 75;

  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9_]*");

  /** What the script itself keeps. */
  private static final Set<String> TAKEN =
      Set.of("logs", "task", "told", "child", "pause", "status", "vain");

  /** Line ends would begin lines of their own, and other control characters hide. */
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** What sbatch and bash take as it is. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9@%+=:,./_-]+");

  /**
   * Checks what would make another script of it.
   *
   * @throws IllegalArgumentException with a sentence if a name is none, or a value has line ends
   */
  public BatchScript {
    comment = List.copyOf(comment);
    variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    stage = List.copyOf(stage);
    command = List.copyOf(command);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("a job script needs a command");
    }
    if (!logs.isAbsolute()) {
      throw new IllegalArgumentException("the folder of logs must be absolute: " + logs);
    }
    for (String variable : variables.keySet()) {
      if (!NAME.matcher(variable).matches() || TAKEN.contains(variable)) {
        throw new IllegalArgumentException("no name for a variable of the script: " + variable);
      }
    }
    if (!variables.keySet().containsAll(stage)) {
      throw new IllegalArgumentException("not all of " + stage + " are variables");
    }
  }

  /**
   * The script. It asks for SIGUSR1 two minutes before the time is up, forwards it, and SIGTERM, to
   * the command, and requeues this task alone if the command ends with {@link #TRY_AGAIN}, or was
   * still at work when the time was up. A task that stops three times in a row within a minute of
   * its start is not requeued again. Exit status 3 of the command, done with some records left out,
   * becomes 0.
   *
   * @throws IllegalArgumentException with a sentence if a value for sbatch has line ends
   */
  public String text() {
    StringBuilder text = new StringBuilder("#!/usr/bin/env bash\n");
    comment.forEach(line -> text.append(("# " + oneLine(line)).strip()).append('\n'));
    options().forEach(option -> text.append("#SBATCH ").append(option).append('\n'));
    text.append("set -euo pipefail\n\n");
    text.append("logs=").append(quoted(logs.toString())).append('\n');
    variables.forEach(
        (key, value) -> text.append(key).append('=').append(quoted(value)).append('\n'));
    text.append('\n').append(part("begin.sh"));
    if (!stage.isEmpty()) {
      text.append('\n').append(part("stage.sh")).append('\n');
      stage.forEach(variable -> text.append("stage ").append(variable).append('\n'));
    }
    text.append("\nSECONDS=0\n");
    text.append("if [[ -n $told ]]; then conclude ").append(TRY_AGAIN).append("; fi\n");
    text.append(String.join("\n", command)).append(" &\n");
    return text.append(part("end.sh")).toString();
  }

  private List<String> options() {
    List<String> options = new ArrayList<>();
    option(options, "job-name", Optional.of(name));
    String task = "%j";
    if (tasks > 0) {
      String limit = resources.maxRunning() > 0 ? "%" + resources.maxRunning() : "";
      option(options, "array", Optional.of("0-" + (tasks - 1) + limit));
      task = "%A_%a";
    }
    String folder = logs.toString().replace("%", "%%");
    option(options, "output", Optional.of(folder + "/" + task + ".log"));
    option(options, "open-mode", Optional.of("append"));
    option(options, "signal", Optional.of("B:USR1@120"));
    options.add("--requeue");
    option(options, "partition", resources.partition());
    option(options, "account", resources.account());
    option(options, "qos", resources.qos());
    option(options, "time", resources.time());
    option(options, "gres", positive(resources.gpus()).map(gpus -> "gpu:" + gpus));
    option(options, "cpus-per-task", positive(resources.cpus()));
    option(options, "mem", resources.memory());
    resources.extra().forEach(line -> options.add(checked(line)));
    return options;
  }

  private static Optional<String> positive(int count) {
    return count > 0 ? Optional.of(String.valueOf(count)) : Optional.empty();
  }

  private static void option(List<String> options, String key, Optional<String> value) {
    value.ifPresent(
        text -> {
          String checked = checked(text);
          boolean plain = PLAIN.matcher(checked).matches();
          options.add(
              "--"
                  + key
                  + "="
                  + (plain ? checked : '"' + checked.replaceAll("[\"\\\\]", "\\\\$0") + '"'));
        });
  }

  private static String checked(String value) {
    if (CONTROL.matcher(value).find()) {
      throw new IllegalArgumentException("sbatch takes no line ends: " + oneLine(value));
    }
    return value;
  }

  private static String oneLine(String text) {
    return CONTROL.matcher(text).replaceAll(" ");
  }

  /** A word as bash reads it. */
  public static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }

  private static String part(String resource) {
    try (InputStream stream = BatchScript.class.getResourceAsStream(resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
