package dev.instar.split;

import dev.instar.split.ClassCounts.Ties;
import dev.instar.split.Experiment.Extent;
import dev.instar.taxonomy.Rank;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes the columns of the six experiments for one table. Not thread-safe.
 *
 * <p>The families come first and the orders keep their sets; medium and small experiments take
 * their records from the large one of their task. What a wanted experiment needs is made with it,
 * but not given back.
 */
final class Splits {
  private final SplitPlan plan;
  private final Records records;
  private final Labelling flies;
  private final Map<Experiment, ExperimentSplit> made = new EnumMap<>(Experiment.class);
  private Optional<SplitColumn> grouped = Optional.empty();

  private Splits(SplitPlan plan, Records records) {
    this.plan = plan;
    this.records = records;
    flies = DipteraFamilies.all(records.orders(), records.families());
  }

  /**
   * Makes what {@code plan} wants.
   *
   * @return in the order of {@link Experiment}
   * @throws SplitException if the records do not suffice
   */
  static List<ExperimentSplit> of(SplitPlan plan, Records records) throws SplitException {
    Splits splits = new Splits(plan, records);
    List<ExperimentSplit> wanted = new ArrayList<>();
    for (Experiment experiment : Experiment.values()) {
      if (plan.experiments().contains(experiment)) {
        wanted.add(splits.get(experiment));
      }
    }
    return wanted;
  }

  private ExperimentSplit get(Experiment experiment) throws SplitException {
    ExperimentSplit split = made.get(experiment);
    if (split == null) {
      split = isPublished(experiment) ? published(experiment) : make(experiment);
      made.put(experiment, split);
    }
    return split;
  }

  private boolean isPublished(Experiment experiment) {
    return records.published().containsKey(experiment) && !plan.remade().contains(experiment);
  }

  private ExperimentSplit published(Experiment experiment) throws SplitException {
    if (plan.grouping().isPresent()) {
      throw new SplitException(
          String.format(
              "the table has %s already, which is not split by %s: make it again with --remake",
              experiment.label(), plan.grouping().get().label()));
    }
    SplitColumn column = records.published().get(experiment);
    ClassMap classes = ClassMap.of(labelling(experiment), column);
    return new ExperimentSplit(experiment, true, column, classes, List.of(), leakage(column));
  }

  private ExperimentSplit make(Experiment experiment) throws SplitException {
    if (experiment.extent() != Extent.LARGE) {
      return subset(experiment);
    }
    if (plan.grouping().isPresent()) {
      return largeGrouped(experiment);
    }
    return experiment == Experiment.LARGE_DIPTERA_FAMILY ? largeFamilies() : largeOrders();
  }

  private ExperimentSplit largeFamilies() throws SplitException {
    Labelling families = DipteraFamilies.mostFrequent(flies, ties());
    SplitColumn column = new SplitColumn(records.size());
    List<DroppedClass> dropped = StratifiedSplit.split(families, records.drawn(), column);
    return result(Experiment.LARGE_DIPTERA_FAMILY, column, dropped);
  }

  private ExperimentSplit largeOrders() throws SplitException {
    SplitColumn families = get(Experiment.LARGE_DIPTERA_FAMILY).column();
    SplitColumn column = new SplitColumn(records.size());
    Labelling orders = records.orders();
    Labelling others = orders.only(row -> !families.uses(row));
    List<DroppedClass> tooFew = StratifiedSplit.split(others, records.drawn(), column);
    for (int row = 0; row < column.size(); row++) {
      if (families.uses(row)) {
        column.put(row, families.of(row));
      }
    }
    ClassCounts used = ClassCounts.of(orders, column::uses);
    List<DroppedClass> dropped =
        tooFew.stream().map(d -> used.count(orders.find(d.name())) > 0 ? remainder(d) : d).toList();
    return result(Experiment.LARGE_INSECT_ORDER, column, dropped);
  }

  /** An order that the family experiments have, but for a few of its records. */
  private static DroppedClass remainder(DroppedClass dropped) {
    return new DroppedClass(
        dropped.name(),
        dropped.records(),
        "those outside the family sets, " + dropped.reason() + "; the others are used");
  }

  private ExperimentSplit largeGrouped(Experiment experiment) throws SplitException {
    if (experiment == Experiment.LARGE_INSECT_ORDER) {
      get(Experiment.LARGE_DIPTERA_FAMILY);
    }
    Groups groups = groups();
    Labelling classes =
        experiment == Experiment.LARGE_INSECT_ORDER
            ? records.orders()
            : DipteraFamilies.mostFrequent(flies, ties());
    SplitColumn dealt = dealt(groups);
    SplitColumn column = new SplitColumn(records.size());
    List<DroppedClass> dropped =
        Coverage.keep(classes, groups, dealt, column, plan.grouping().get());
    return result(experiment, column, dropped);
  }

  private Groups groups() throws SplitException {
    Grouping grouping = plan.grouping().orElseThrow();
    Groups groups = records.groups().get(grouping);
    if (groups == null) {
      throw new SplitException(
          "the table has no column for a "
              + grouping.label()
              + " ("
              + String.join(" or ", grouping.field().columns())
              + ")");
    }
    return groups.withSingles();
  }

  /** Every record with its group, dealt once for families and orders together. */
  private SplitColumn dealt(Groups groups) {
    if (grouped.isEmpty()) {
      Labelling strata =
          Strata.of(records.orders(), DipteraFamilies.mostFrequent(flies, ties()), groups);
      grouped = Optional.of(GroupedSplit.split(strata, groups, records.drawn(), records.draws()));
    }
    return grouped.get();
  }

  private ExperimentSplit subset(Experiment experiment) throws SplitException {
    SubsetSampling sampling =
        plan.reference() ? SubsetSampling.asTheReference() : SubsetSampling.by(plan.strategy());
    int[] order = plan.reference() ? IntStream.range(0, records.size()).toArray() : records.drawn();
    SplitColumn column =
        sampling.sample(
            experiment,
            labelling(experiment),
            get(experiment.parent()).column(),
            order,
            plan.records(experiment.extent()));
    return result(experiment, column, List.of());
  }

  private ExperimentSplit result(
      Experiment experiment, SplitColumn column, List<DroppedClass> dropped) throws SplitException {
    Labelling labelling = labelling(experiment);
    ClassMap classes =
        plan.reference()
            ? ClassMap.of(labelling, column, referenceRanking(experiment, labelling, column))
            : ClassMap.of(labelling, column);
    return new ExperimentSplit(experiment, false, column, classes, dropped, leakage(column));
  }

  /**
   * What the reference numbers classes by where it makes a split: golden values, faults 1 and 2.
   */
  private ClassCounts referenceRanking(
      Experiment experiment, Labelling labelling, SplitColumn column) throws SplitException {
    if (experiment.extent() != Extent.LARGE) {
      SplitColumn parent = get(experiment.parent()).column();
      return ClassCounts.of(labelling, row -> parent.of(row) == Subset.TEST);
    }
    return experiment == Experiment.LARGE_INSECT_ORDER
        ? ClassCounts.of(labelling)
        : ClassCounts.of(labelling, column::uses);
  }

  private Labelling labelling(Experiment experiment) {
    return experiment.rank() == Rank.FAMILY ? flies : records.orders();
  }

  private Map<Grouping, Leakage> leakage(SplitColumn column) {
    Map<Grouping, Leakage> leakage = new EnumMap<>(Grouping.class);
    records
        .groups()
        .forEach((grouping, groups) -> leakage.put(grouping, Leakage.of(column, groups)));
    return leakage;
  }

  private Ties ties() {
    return plan.reference() ? Ties.BY_APPEARANCE : Ties.BY_NAME;
  }
}
