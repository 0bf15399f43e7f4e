package dev.instar.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for any table: random orders, families, barcodes and BINs, ids of all kinds. */
final class SplitPropertiesTest {
  /**
   * Records with a long tail of classes and of groups; now and then something is missing, or a
   * group has two classes.
   */
  record Specimens(List<Specimen> list) {
    Specimens shuffled(long seed) {
      List<Specimen> shuffled = new ArrayList<>(list);
      Collections.shuffle(shuffled, new Random(seed));
      return new Specimens(shuffled);
    }

    Records records(long seed) {
      Draws draws = new Draws(seed);
      Map<Grouping, Groups> groups = new HashMap<>();
      groups.put(Grouping.BIN, groups(list.stream().map(Specimen::bin).toList()));
      long[] drawn = list.stream().mapToLong(each -> draws.of(each.id())).toArray();
      return new Records(
          labelling(list.stream().map(Specimen::order).toList()),
          labelling(list.stream().map(Specimen::family).toList()),
          drawn,
          Draws.order(drawn),
          groups,
          Map.of());
    }

    private static Labelling labelling(List<String> values) {
      List<String> names = values.stream().distinct().filter(name -> !name.isEmpty()).toList();
      return new Labelling(values.stream().mapToInt(names::indexOf).toArray(), names);
    }

    private static Groups groups(List<String> values) {
      Labelling labelling = labelling(values);
      return new Groups(labelling.classes(), labelling.names().size());
    }
  }

  record Specimen(String id, String order, String family, String bin) {}

  @Provide
  Arbitrary<Specimens> specimens() {
    return Arbitraries.longs()
        .flatMap(seed -> Arbitraries.integers().between(1, 600).map(size -> specimens(seed, size)));
  }

  private static Specimens specimens(long seed, int size) {
    Random random = new Random(seed);
    List<Specimen> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      boolean fly = random.nextInt(4) > 0;
      int order = (int) (6 * Math.pow(random.nextDouble(), 3));
      int family = (int) (50 * Math.pow(random.nextDouble(), 2));
      int bin = (int) (60 * Math.pow(random.nextDouble(), 2));
      list.add(
          new Specimen(
              "id-" + i + "-" + seed,
              fly ? "Diptera" : random.nextInt(30) == 0 ? "" : "Order" + order,
              random.nextInt(12) == 0 ? "" : (fly ? "Fly" : "Other") + family,
              random.nextInt(20) == 0
                  ? ""
                  : "BIN" + (random.nextInt(15) == 0 ? bin : family * 100 + bin)));
    }
    return new Specimens(list);
  }

  private static SplitPlan plan(Optional<Grouping> grouping, Strategy strategy) {
    return new SplitPlan(
        EnumSet.of(Experiment.LARGE_DIPTERA_FAMILY, Experiment.LARGE_INSECT_ORDER),
        EnumSet.noneOf(Experiment.class),
        1,
        false,
        grouping,
        strategy,
        10,
        20);
  }

  private static final SplitPlan PLAIN = plan(Optional.empty(), Strategy.BALANCED);
  private static final SplitPlan GROUPED = plan(Optional.of(Grouping.BIN), Strategy.BALANCED);

  @Property(tries = 200)
  void everyClassIsSplitByItsQuotaOrLeftOut(@ForAll("specimens") Specimens specimens)
      throws SplitException {
    Records records = specimens.records(1);
    ExperimentSplit families = Splits.of(PLAIN, records).get(0);
    Labelling labelling =
        DipteraFamilies.mostFrequent(
            DipteraFamilies.all(records.orders(), records.families()), ClassCounts.Ties.BY_NAME);
    ClassCounts all = ClassCounts.of(labelling);
    for (Subset subset : Subset.USED) {
      ClassCounts counts = ClassCounts.of(labelling, row -> families.column().of(row) == subset);
      for (int label = 0; label < labelling.names().size(); label++) {
        assertThat(counts.count(label)).isEqualTo(Quota.of(all.count(label)).of(subset));
      }
    }
    for (int row = 0; row < records.size(); row++) {
      if (labelling.classOf(row) == Labelling.NONE) {
        assertThat(families.column().uses(row)).isFalse();
      }
    }
  }

  @Property(tries = 200)
  void ordersKeepTheSetsOfTheFamilies(@ForAll("specimens") Specimens specimens)
      throws SplitException {
    Records records = specimens.records(1);
    for (SplitPlan plan : List.of(PLAIN, GROUPED)) {
      List<ExperimentSplit> splits = Splits.of(plan, records);
      SplitColumn families = splits.get(0).column();
      SplitColumn orders = splits.get(1).column();
      for (int row = 0; row < records.size(); row++) {
        if (families.uses(row)) {
          assertThat(orders.of(row)).isEqualTo(families.of(row));
        }
      }
    }
  }

  @Property(tries = 200)
  void theOrderOfRowsDoesNotMatter(@ForAll("specimens") Specimens specimens, @ForAll long shuffling)
      throws SplitException {
    Specimens shuffled = specimens.shuffled(shuffling);
    for (SplitPlan plan : List.of(PLAIN, GROUPED)) {
      assertThat(setsById(shuffled, plan, 5)).isEqualTo(setsById(specimens, plan, 5));
    }
  }

  @Property(tries = 100)
  void subsetsDoNotDependOnTheOrderOfRowsAndLieWithinEachOther(
      @ForAll long seed, @ForAll Strategy strategy) throws SplitException {
    Specimens specimens = specimens(seed, 500);
    SplitPlan plan =
        new SplitPlan(
            EnumSet.allOf(Experiment.class),
            EnumSet.noneOf(Experiment.class),
            5,
            false,
            Optional.empty(),
            strategy,
            50,
            120);
    Map<String, List<Subset>> sets = setsById(specimens, plan, 5);
    assertThat(setsById(specimens.shuffled(seed), plan, 5)).isEqualTo(sets);
    for (List<Subset> ofRecord : sets.values()) {
      for (int task = 0; task < 6; task += 3) {
        Subset large = ofRecord.get(task);
        Subset medium = ofRecord.get(task + 1);
        Subset small = ofRecord.get(task + 2);
        assertThat(small).isIn(medium, Subset.NO_SPLIT);
        assertThat(medium).isIn(large, Subset.NO_SPLIT);
      }
    }
  }

  @Property(tries = 50)
  void anotherSeedIsAnotherSplitOfTheSameSizes(@ForAll long seed) throws SplitException {
    Specimens specimens = specimens(seed, 400);
    List<ExperimentSplit> one = Splits.of(PLAIN, specimens.records(1));
    List<ExperimentSplit> two = Splits.of(PLAIN, specimens.records(2));
    for (int i = 0; i < one.size(); i++) {
      assertThat(two.get(i).column()).isNotEqualTo(one.get(i).column());
      assertThat(two.get(i).classes())
          .extracting(ClassMap::train)
          .isEqualTo(one.get(i).classes().train());
    }
    assertThat(setsById(specimens, GROUPED, 2)).isNotEqualTo(setsById(specimens, GROUPED, 1));
  }

  @Property(tries = 200)
  void groupsAreNeverInTwoSetsAndEveryClassIsInThree(@ForAll("specimens") Specimens specimens)
      throws SplitException {
    Records records = specimens.records(1);
    for (ExperimentSplit split : Splits.of(GROUPED, records)) {
      Map<String, Subset> setOfBin = new HashMap<>();
      for (int row = 0; row < records.size(); row++) {
        String bin = specimens.list().get(row).bin();
        if (split.column().uses(row) && !bin.isEmpty()) {
          Subset before = setOfBin.putIfAbsent(bin, split.column().of(row));
          assertThat(before).isIn(null, split.column().of(row));
        }
      }
      assertThat(split.leakage().get(Grouping.BIN).shared()).isZero();
      assertThat(split.classes().train()).doesNotContain(0);
      assertThat(split.classes().validation()).doesNotContain(0);
      assertThat(split.classes().test()).doesNotContain(0);
    }
  }

  @Property(tries = 100)
  void aClassOfManyGroupsKeepsItsSharesToWithinAPoint(
      @ForAll long seed, @ForAll("groupCounts") int groups) {
    Random random = new Random(seed);
    List<Specimen> list = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      // Half of the groups are single records, as BINs are; the largest has a quarter of the class
      // at most.
      int size = group % 2 == 0 ? 1 : 1 + (int) (groups * 0.5 * Math.pow(random.nextDouble(), 8));
      for (int i = 0; i < size; i++) {
        list.add(new Specimen(group + "/" + i, "Diptera", "Psilidae", "BIN" + group));
      }
    }
    Records records = new Specimens(list).records(seed);
    SplitColumn column =
        GroupedSplit.split(
            records.families(),
            records.groups().get(Grouping.BIN),
            records.drawn(),
            records.draws());
    for (Subset subset : Subset.USED) {
      assertThat((double) column.count(subset) / list.size())
          .as("%s of %d records in %d groups", subset, list.size(), groups)
          .isBetween(subset.share() - 0.01, subset.share() + 0.01);
    }
  }

  @Provide
  Arbitrary<Integer> groupCounts() {
    return Arbitraries.integers().between(50, 600);
  }

  @Property(tries = 50)
  void singleRecordsAreSplitByTheSameQuotasWhetherGroupedOrNot(@ForAll long seed)
      throws SplitException {
    List<Specimen> single = new ArrayList<>();
    for (Specimen each : specimens(seed, 300).list()) {
      single.add(new Specimen(each.id(), each.order(), each.family(), ""));
    }
    Records records = new Specimens(single).records(1);
    List<ExperimentSplit> plain = Splits.of(PLAIN, records);
    List<ExperimentSplit> grouped = Splits.of(GROUPED, records);
    assertThat(grouped.get(0).classes().train()).isEqualTo(plain.get(0).classes().train());
    assertThat(grouped.get(1).column().count(Subset.TEST))
        .isEqualTo(plain.get(1).column().count(Subset.TEST));
  }

  private static Map<String, List<Subset>> setsById(Specimens specimens, SplitPlan plan, long seed)
      throws SplitException {
    List<ExperimentSplit> splits = Splits.of(plan, specimens.records(seed));
    Map<String, List<Subset>> sets = new HashMap<>();
    for (int row = 0; row < specimens.list().size(); row++) {
      int at = row;
      sets.put(
          specimens.list().get(row).id(),
          splits.stream().map(split -> split.column().of(at)).toList());
    }
    return sets;
  }
}
