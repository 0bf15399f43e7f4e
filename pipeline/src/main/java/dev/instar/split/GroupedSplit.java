package dev.instar.split;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Splits every class so that records of one group, a barcode or a BIN, are all in the same set.
 *
 * <p>Class by class, the groups are dealt from the largest to the smallest: each goes at random to
 * one of the sets that still have room for all of it, more likely to the one with more room. So
 * every set gets large and small groups, the small ones at the end fill the sets exactly, and where
 * no group of a class is too large the shares of {@link Quota} are met to within a group. The last
 * groups of a class go to the sets that have none of it.
 *
 * <p>A group with records of several classes is dealt with the class that most of them have, and
 * counts for all.
 */
final class GroupedSplit {
  /** The fewest groups that a class can be split with: one for each set. */
  static final int FEWEST_GROUPS = Subset.USED.size();

  private final Labelling strata;
  private final GroupIndex index;
  private final long[] draws;
  private final int[][] held;
  private final int[][] quotas;

  private GroupedSplit(Labelling strata, GroupIndex index, long[] draws) {
    this.strata = strata;
    this.index = index;
    this.draws = draws;
    ClassCounts counts = ClassCounts.of(strata);
    int classes = strata.names().size();
    held = new int[classes][Subset.USED.size()];
    quotas = new int[classes][];
    for (int label = 0; label < classes; label++) {
      Quota quota = Quota.of(counts.count(label));
      quotas[label] = new int[] {quota.train(), quota.validation(), quota.test()};
    }
  }

  /**
   * Puts each record that has a class into a set.
   *
   * @param order all rows, in the order in which they are drawn
   * @param draws by row
   */
  static SplitColumn split(Labelling strata, Groups groups, int[] order, long[] draws) {
    GroupIndex index = GroupIndex.of(strata, groups.withSingles(), order);
    return new GroupedSplit(strata, index, draws).split();
  }

  private SplitColumn split() {
    SplitColumn column = new SplitColumn(strata.size());
    int[][] homes = index.byHome(strata);
    // Classes with many groups come last: they have small ones to even out what groups shared
    // between classes disturb.
    List<Integer> labels =
        IntStream.range(0, homes.length)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(label -> homes[label].length)
                    .thenComparing(label -> strata.names().get(label)))
            .toList();
    for (int label : labels) {
      int left = homes[label].length;
      for (int group : homes[label]) {
        deal(group, choose(label, group, left--), column);
      }
    }
    return column;
  }

  private void deal(int group, int set, SplitColumn column) {
    for (int i = 0; i < index.size(group); i++) {
      int row = index.row(group, i);
      held[strata.classOf(row)][set]++;
      column.put(row, Subset.USED.get(set));
    }
  }

  private int choose(int label, int group, int left) {
    int[] room = new int[Subset.USED.size()];
    int[] empty = new int[room.length];
    int empties = 0;
    for (int set = 0; set < room.length; set++) {
      room[set] = quotas[label][set] - held[label][set];
      empty[set] = held[label][set] == 0 ? 1 : 0;
      empties += empty[set];
    }
    if (empties > 0 && left <= empties) {
      return roomiest(room, empty);
    }
    int needed = index.homeSize(group, label, strata);
    int[] fitting = Arrays.stream(room).map(free -> free >= needed ? 1 : 0).toArray();
    long total = 0;
    for (int set = 0; set < room.length; set++) {
      total += (long) room[set] * fitting[set];
    }
    return total == 0
        ? roomiest(room, new int[] {1, 1, 1})
        : atRandom(room, fitting, total, chance(group));
  }

  private static int roomiest(int[] room, int[] allowed) {
    int best = -1;
    for (int set = 0; set < room.length; set++) {
      if (allowed[set] == 1 && (best < 0 || room[set] > room[best])) {
        best = set;
      }
    }
    return best;
  }

  private static int atRandom(int[] room, int[] fitting, long total, double chance) {
    double rest = chance * total;
    int last = -1;
    for (int set = 0; set < room.length; set++) {
      if (fitting[set] == 1 && room[set] > 0) {
        last = set;
        rest -= room[set];
        if (rest < 0) {
          return set;
        }
      }
    }
    return last;
  }

  /**
   * A number in [0, 1) from the group's first draw, scrambled by SplitMix64's finalizer so that it
   * has nothing to do with the place in the order.
   */
  private double chance(int group) {
    long z = draws[index.row(group, 0)] + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1p-53;
  }
}
