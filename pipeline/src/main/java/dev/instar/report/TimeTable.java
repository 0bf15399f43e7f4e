package dev.instar.report;

import dev.instar.sweep.CellResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What training took, a row for the finished cells of a network, a split and a device.
 *
 * @param of the network, the split and the device
 * @param seconds of each training
 * @param rate images/s of each training
 */
record TimeTable(List<String> of, Spread seconds, Spread rate) {

  /** The table of cells of which some are done. */
  static FiledTable of(List<CellReport> cells) {
    Map<List<String>, List<CellResult>> groups = new LinkedHashMap<>();
    cells.stream()
        .flatMap(cell -> cell.result().stream())
        .forEach(
            result -> groups.computeIfAbsent(key(result), key -> new ArrayList<>()).add(result));
    List<TimeTable> lines = new ArrayList<>();
    groups.forEach((key, results) -> lines.add(line(key, results)));
    double all = lines.stream().mapToDouble(TimeTable::total).sum();
    return new FiledTable(
        new NamedTable(
            "time",
            "Time of training",
            "Of finished cells, in hours, minutes and seconds, with the standard deviation of the sample; "
                + Figures.duration(all)
                + " in all. Images/s are those learnt from.",
            new Table(
                List.of(
                    "model", "split", "device", "cells", "mean", "deviation", "images/s", "total"),
                lines.stream().map(TimeTable::shown).toList())),
        List.of(
            "model",
            "split",
            "device",
            "cells",
            "seconds_mean",
            "seconds_deviation",
            "images_per_second_mean",
            "seconds_total"),
        lines.stream().map(TimeTable::row).toList());
  }

  private static List<String> key(CellResult result) {
    String device = result.provenance().environment().getOrDefault("device", "");
    return List.of(result.model(), result.splitColumn(), device);
  }

  private static TimeTable line(List<String> key, List<CellResult> results) {
    return new TimeTable(
        key,
        Spread.of(results.stream().mapToDouble(CellResult::seconds).toArray()),
        Spread.of(results.stream().mapToDouble(CellResult::imagesPerSecond).toArray()));
  }

  private double total() {
    return seconds.n() * seconds.mean();
  }

  private List<String> shown() {
    List<String> shown = new ArrayList<>();
    shown.add(Factor.readable("model", of.get(0)));
    shown.addAll(of.subList(1, of.size()));
    shown.add(Figures.count(seconds.n()));
    shown.add(Figures.duration(seconds.mean()));
    shown.add(seconds.n() < 2 ? Table.NONE : Figures.duration(seconds.deviation()));
    shown.add(Figures.number(rate.mean(), 1));
    shown.add(Figures.duration(total()));
    return shown;
  }

  private List<Object> row() {
    List<Object> row = new ArrayList<>(of);
    row.add(seconds.n());
    row.add(seconds.mean());
    row.add(seconds.deviation());
    row.add(rate.mean());
    row.add(total());
    return row;
  }
}
