package dev.instar.split;

import java.util.List;
import java.util.Map;

/**
 * One experiment over a table.
 *
 * @param experiment which of the six
 * @param published whether the column was in the table, and is as it was
 * @param column the subset of every record
 * @param classes the experiment's classes and their numbers
 * @param dropped classes that have too few records
 * @param leakage what test records have in common with training, for what the table tells
 */
public record ExperimentSplit(
    Experiment experiment,
    boolean published,
    SplitColumn column,
    ClassMap classes,
    List<DroppedClass> dropped,
    Map<Grouping, Leakage> leakage) {
  public ExperimentSplit {
    dropped = List.copyOf(dropped);
    leakage = Map.copyOf(leakage);
  }
}
