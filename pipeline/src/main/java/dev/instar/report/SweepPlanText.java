package dev.instar.report;

import dev.instar.fetch.Amount;
import dev.instar.sweep.SplitSizes;
import dev.instar.sweep.SweepEstimate;
import dev.instar.sweep.SweepEstimate.Estimated;
import dev.instar.sweep.SweepEstimate.Pace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a sweep takes, for a terminal. */
public final class SweepPlanText {
  private static final String UNKNOWN = "?";

  private SweepPlanText() {}

  /** What cells that take the same have in common. */
  private record Group(String split, String model, SplitSizes sizes, int epochs, double seconds) {}

  /** A row for cells that take the same, longest first. */
  public static Table table(SweepEstimate estimate) {
    Map<Group, List<Estimated>> groups = new LinkedHashMap<>();
    for (Estimated each : estimate.cells()) {
      Group group =
          new Group(
              each.cell().splitColumn(),
              each.cell().model(),
              each.sizes(),
              each.epochs(),
              each.seconds());
      groups.computeIfAbsent(group, key -> new ArrayList<>()).add(each);
    }
    List<List<String>> rows = new ArrayList<>();
    groups.forEach((group, cells) -> rows.add(row(group, cells)));
    return new Table(
        List.of(
            "split",
            "model",
            "classes",
            "images/epoch",
            "epochs",
            "cells",
            "done",
            "a cell",
            "all"),
        rows);
  }

  private static List<String> row(Group group, List<Estimated> cells) {
    boolean known = group.seconds() > 0;
    return List.of(
        group.split(),
        group.model().substring(group.model().lastIndexOf('/') + 1),
        String.valueOf(group.sizes().classes()),
        String.format(Locale.ROOT, "%,d", group.sizes().train()),
        String.valueOf(group.epochs()),
        String.valueOf(cells.size()),
        String.valueOf(cells.stream().filter(Estimated::done).count()),
        known ? Amount.seconds(group.seconds()) : UNKNOWN,
        known ? Amount.seconds(group.seconds() * cells.size()) : UNKNOWN);
  }

  /** How fast cells are, a line for each kind. */
  public static String paces(SweepEstimate estimate) {
    StringBuilder text = new StringBuilder();
    for (Pace pace : estimate.paces()) {
      String from =
          pace.imagesPerSecond() == 0
              ? "no time known: " + pace.why()
              : String.format(
                  Locale.ROOT,
                  "%,.1f images/s %s",
                  pace.imagesPerSecond(),
                  pace.fromResults()
                      ? "by the cells that are done"
                      : "by steps timed here, on " + pace.device());
      text.append(
          String.format(
              Locale.ROOT,
              "%s, pictures of %d, batches of %d: %s%n",
              pace.model(),
              pace.crop(),
              pace.batch(),
              from));
    }
    return text.toString();
  }

  /** Until all is done, by how many cells run at once; empty where that is not known. */
  public static String total(SweepEstimate estimate) {
    long due = estimate.cells().stream().filter(each -> !each.done()).count();
    if (!estimate.complete() || due == 0) {
      return "";
    }
    List<String> times = new ArrayList<>();
    for (int parallel : SweepEstimate.PARALLEL) {
      if (parallel == 1 || parallel <= due) {
        times.add(
            (parallel == 1 ? "one at a time " : parallel + " at once ")
                + Amount.seconds(estimate.makespan(parallel)));
      }
    }
    return due + " cells to do: " + String.join(", ", times) + "\n";
  }
}
