package dev.instar.report;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.BoxRecord;
import dev.instar.crop.Detection;
import dev.instar.crop.Quality;
import dev.instar.image.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Which photographs to look at first: those with the most suspicions, of these the lowest scores.
 * What is low, large or small follows from the collection itself: the outer twentieths, which says
 * something once there are {@value #FEWEST} boxes. Immutable.
 */
final class Suspects {
  private static final int FEWEST = 20;
  private static final double TAIL = 0.05;

  /** Boxes that come as close to an edge as this share of the side are taken to touch it. */
  private static final double EDGE = 0.004;

  private final List<BoxRecord> records;
  private final double lowScore;
  private final double small;
  private final double large;

  /**
   * One photograph.
   *
   * @param score of its best box; 0 where it has none
   */
  record Suspect(BoxRecord record, Set<Suspicion> suspicions, double score) {
    private static final Comparator<Suspect> WORST_FIRST =
        Comparator.comparingInt((Suspect suspect) -> suspect.suspicions.size())
            .reversed()
            .thenComparingDouble(Suspect::score)
            .thenComparing(suspect -> suspect.record.name());
  }

  /** Measures a collection, whose records all say what picture their boxes are in pixels of. */
  Suspects(List<BoxRecord> records) {
    this.records = records;
    double[] scores = new double[records.size()];
    double[] areas = new double[records.size()];
    int boxes = 0;
    for (BoxRecord record : records) {
      if (record.best().isPresent()) {
        scores[boxes] = record.best().get().score();
        areas[boxes++] = area(record);
      }
    }
    Arrays.sort(scores, 0, boxes);
    Arrays.sort(areas, 0, boxes);
    int tail = (int) (TAIL * boxes);
    boolean enough = boxes >= FEWEST;
    lowScore = enough ? scores[tail] : Double.NEGATIVE_INFINITY;
    small = enough ? areas[tail] : Double.NEGATIVE_INFINITY;
    large = enough ? areas[boxes - 1 - tail] : Double.POSITIVE_INFINITY;
  }

  /** The {@code limit} worst, the worst first. */
  List<Suspect> worst(int limit) {
    PriorityQueue<Suspect> kept = new PriorityQueue<>(Suspect.WORST_FIRST.reversed());
    for (BoxRecord record : records) {
      kept.add(suspect(record));
      if (kept.size() > limit) {
        kept.remove();
      }
    }
    List<Suspect> worst = new ArrayList<>(kept);
    worst.sort(Suspect.WORST_FIRST);
    return worst;
  }

  private Suspect suspect(BoxRecord record) {
    Set<Suspicion> suspicions = EnumSet.noneOf(Suspicion.class);
    double score = 0;
    if (record.best().isPresent()) {
      Detection best = record.best().get();
      score = best.score();
      add(suspicions, Suspicion.SEVERAL_BOXES, record.detections().size() > 1);
      add(suspicions, Suspicion.AT_THE_EDGE, touchesEdge(best.box(), size(record)));
      add(suspicions, Suspicion.LOW_SCORE, score < lowScore);
      add(suspicions, Suspicion.VERY_SMALL, area(record) < small);
      add(suspicions, Suspicion.VERY_LARGE, area(record) > large);
    } else {
      suspicions.add(Suspicion.NO_BOX);
    }
    boolean valid = record.verdict().map(Quality.VALID::equals).orElse(true);
    add(suspicions, Suspicion.NOT_VALID, !valid);
    return new Suspect(record, suspicions, score);
  }

  private static void add(Set<Suspicion> suspicions, Suspicion suspicion, boolean holds) {
    if (holds) {
      suspicions.add(suspicion);
    }
  }

  private static boolean touchesEdge(BoundingBox box, Size photograph) {
    double across = EDGE * photograph.width();
    double down = EDGE * photograph.height();
    return box.x0() <= across
        || box.y0() <= down
        || box.x1() >= photograph.width() - across
        || box.y1() >= photograph.height() - down;
  }

  /** The best box's share of the photograph. */
  private static double area(BoxRecord record) {
    BoundingBox box = record.best().orElseThrow().box();
    return (double) box.width() * box.height() / size(record).pixels();
  }

  private static Size size(BoxRecord record) {
    return record.drawnOn().orElseThrow();
  }
}
