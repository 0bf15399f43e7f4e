package dev.instar.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.instar.slurm.Resources;
import dev.instar.sweep.CellStatus.State;
import dev.instar.sweep.Dispatch;
import dev.instar.sweep.Submission;
import dev.instar.sweep.SweepStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was submitted of a sweep, and what was not.
 *
 * @param before how it stood
 */
record SubmissionSummary(SweepStatus before, List<Submission> submitted) {
  /** For people. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Submission submission : submitted) {
      int cells = submission.cells().size();
      text.append(
          String.format(
              Locale.ROOT,
              "job %d: %d %s, each with %s%n  script: %s%n  logs: %s%n",
              submission.job(),
              cells,
              cells == 1 ? "cell" : "cells",
              each(submission.resources()),
              submission.folder().resolve(Submission.SCRIPT),
              submission.folder().resolve(Submission.LOGS)));
    }
    if (submitted.isEmpty()) {
      text.append("nothing to submit\n");
    }
    List<String> left = left();
    if (!left.isEmpty()) {
      text.append("not submitted: ").append(String.join(", ", left)).append('\n');
    }
    if (!submitted.isEmpty()) {
      text.append("next: instar sweep status ").append(before.path()).append('\n');
    }
    return text.toString();
  }

  private static String each(Resources resources) {
    List<String> words = new ArrayList<>();
    resources.time().ifPresent(words::add);
    words.add(resources.cpus() + (resources.cpus() == 1 ? " core" : " cores"));
    resources.memory().ifPresent(words::add);
    words.add(
        switch (resources.gpus()) {
          case 0 -> "no GPU";
          case 1 -> "1 GPU";
          default -> resources.gpus() + " GPUs";
        });
    if (resources.maxRunning() > 0) {
      words.add("at most " + resources.maxRunning() + " at a time");
    }
    return String.join(", ", words);
  }

  private List<String> left() {
    List<String> left = new ArrayList<>();
    add(left, before.count(State.DONE), "done");
    add(left, before.count(State.RUNNING), "running");
    add(left, before.count(State.QUEUED), "queued already");
    long failed = before.count(State.FAILED) - retried();
    add(left, failed, "failed (--retry-failed tries them again)");
    add(
        left,
        Dispatch.abandoned(before),
        "whose process is gone, but held its lease a moment ago (try again in two minutes)");
    return left;
  }

  private static void add(List<String> left, long count, String what) {
    if (count > 0) {
      left.add(count + " " + what);
    }
  }

  private long retried() {
    return before.cells().stream()
        .filter(cell -> cell.state() == State.FAILED)
        .filter(cell -> submitted.stream().anyMatch(of -> of.task(cell.cell()).isPresent()))
        .count();
  }

  /** For machines, on a line. */
  String json() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    ArrayNode jobs = root.putArray("submitted");
    for (Submission submission : submitted) {
      ObjectNode job = jobs.addObject();
      job.put("job", submission.job());
      job.put("script", submission.folder().resolve(Submission.SCRIPT).toString());
      job.put("logs", submission.folder().resolve(Submission.LOGS).toString());
      submission.cells().forEach(job.putArray("cells")::add);
    }
    ObjectNode counts = root.putObject("before");
    for (State state : State.values()) {
      counts.put(state.label(), before.count(state));
    }
    return root + "\n";
  }
}
