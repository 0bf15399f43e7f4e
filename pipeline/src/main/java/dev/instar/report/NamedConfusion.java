package dev.instar.report;

import dev.instar.evaluate.ConfusionMatrix;
import dev.instar.evaluate.ConfusionMatrix.Cell;
import dev.instar.evaluate.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which class was taken for which, with the names of the classes.
 *
 * @param task what the classes are, such as {@code order}
 * @param names of the classes, by their numbers
 * @param matrix the counts of all networks together
 * @param networks that classified the same records, such as those of several seeds
 */
record NamedConfusion(String task, List<String> names, ConfusionMatrix matrix, int networks) {
  NamedConfusion {
    names = List.copyOf(names);
    if (names.size() != matrix.classes() || networks < 1) {
      throw new IllegalArgumentException(
          names.size() + " names of " + matrix.classes() + " classes, by " + networks);
    }
  }

  /**
   * The counts of several together.
   *
   * @param all not empty, of the same classes
   * @throws IllegalArgumentException if their classes differ
   */
  static NamedConfusion sum(List<NamedConfusion> all) {
    NamedConfusion first = all.get(0);
    List<Cell> cells = new ArrayList<>();
    int networks = 0;
    for (NamedConfusion one : all) {
      if (!one.names.equals(first.names)) {
        throw new IllegalArgumentException("networks that tell other classes apart");
      }
      cells.addAll(one.matrix.cells());
      networks += one.networks;
    }
    return new NamedConfusion(
        first.task, first.names, ConfusionMatrix.of(first.names.size(), cells), networks);
  }

  String name(int label) {
    return names.get(label);
  }

  /** The classes that have records, those with most first, ties by number. */
  List<Integer> presentByCount() {
    return IntStream.range(0, names.size())
        .filter(c -> matrix.support(c) > 0)
        .boxed()
        .sorted(Comparator.comparingInt(c -> -matrix.support(c)))
        .toList();
  }

  /** The records of a class, each counted once however many networks classified it. */
  long records(int label) {
    return Math.round((double) matrix.support(label) / networks);
  }

  /** The records of a class that a network got right, in the mean. */
  double hits(int label) {
    return (double) matrix.hits(label) / networks;
  }

  /**
   * Where the accuracy of a class lies. Networks do not make the records more, so several widen or
   * narrow it no further than their mean does.
   */
  Interval interval(int label) {
    return Interval.wilson(hits(label), (double) matrix.support(label) / networks);
  }
}
