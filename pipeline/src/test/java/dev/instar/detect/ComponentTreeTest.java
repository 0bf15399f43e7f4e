package dev.instar.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ComponentTreeTest {
  private static final int LEAST_PIXELS = 12;

  @Test
  void isWhatFloodingEveryLevelFinds() {
    SplittableRandom random = new SplittableRandom(7);
    ComponentTree tree = new ComponentTree();
    int compared = 0;
    for (int round = 0; round < 60; round++) {
      ContrastMap map = blotches(random).contrast();
      List<Component> found = new ArrayList<>(tree.of(map));
      found.sort(Comparator.<Component>comparingInt(c -> c.level).thenComparingInt(c -> c.pixel));
      List<TreeSet<Integer>> flooded = new ArrayList<>();
      List<Integer> levels = new ArrayList<>();
      for (int level = 0; level < ComponentTree.LEVELS.length; level++) {
        for (TreeSet<Integer> component : flood(map, level)) {
          if (component.size() >= LEAST_PIXELS) {
            flooded.add(component);
            levels.add(level);
          }
        }
      }
      assertThat(found).hasSameSizeAs(flooded);
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i).level).isEqualTo(levels.get(i));
        compare(map, found.get(i), flooded.get(i));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(300);
  }

  @Test
  void aComponentGrowsIntoTheOneThatHoldsItAtTheNextLevel() {
    ContrastMap map = blotches(new SplittableRandom(3)).contrast();
    for (Component component : new ComponentTree().of(map)) {
      if (component.level < ComponentTree.LEVELS.length - 1) {
        assertThat(component.parent.level).isEqualTo(component.level + 1);
        assertThat(component.parent.pixels).isGreaterThanOrEqualTo(component.pixels);
        assertThat(component.parent.left).isLessThanOrEqualTo(component.left);
        assertThat(component.parent.bottom).isGreaterThanOrEqualTo(component.bottom);
      } else {
        assertThat(component.parent).isNull();
      }
    }
  }

  @Test
  void ofPureNoiseItKeepsABoundedNumber() {
    ContrastMap map = Drawing.noise(900, 900, 5).contrast();
    assertThat(new ComponentTree().of(map)).hasSizeBetween(1000, 8000);
  }

  private static Drawing blotches(SplittableRandom random) {
    int width = 1 + random.nextInt(40);
    int height = 1 + random.nextInt(40);
    Drawing drawing = Drawing.ground(width, height, Drawing.BRIGHT);
    for (int i = 0; i < 12; i++) {
      drawing.ellipse(
          random.nextInt(width),
          random.nextInt(height),
          1 + random.nextInt(8),
          1 + random.nextInt(5),
          random.nextInt(1 << 24));
    }
    return drawing;
  }

  /** Components by their least pixel. */
  private static List<TreeSet<Integer>> flood(ContrastMap map, int level) {
    int width = map.width();
    boolean[] seen = new boolean[width * map.height()];
    List<TreeSet<Integer>> components = new ArrayList<>();
    for (int seed = 0; seed < seen.length; seed++) {
      if (seen[seed] || !reaches(map, seed, level)) {
        continue;
      }
      TreeSet<Integer> component = new TreeSet<>();
      Deque<Integer> front = new ArrayDeque<>(List.of(seed));
      seen[seed] = true;
      while (!front.isEmpty()) {
        int at = front.pop();
        component.add(at);
        for (int y = at / width - 1; y <= at / width + 1; y++) {
          for (int x = at % width - 1; x <= at % width + 1; x++) {
            boolean inside = x >= 0 && y >= 0 && x < width && y < map.height();
            if (inside && !seen[y * width + x] && reaches(map, y * width + x, level)) {
              seen[y * width + x] = true;
              front.push(y * width + x);
            }
          }
        }
      }
      components.add(component);
    }
    return components;
  }

  private static boolean reaches(ContrastMap map, int at, int level) {
    return map.contrast()[at] >= ComponentTree.LEVELS[level];
  }

  private static void compare(ContrastMap map, Component found, TreeSet<Integer> pixels) {
    Component sums = new Component(found.level, found.pixel);
    int width = map.width();
    for (int at : pixels) {
      int outline = 0;
      outline += at % width > 0 && pixels.contains(at - 1) ? 0 : 1;
      outline += at % width < width - 1 && pixels.contains(at + 1) ? 0 : 1;
      outline += pixels.contains(at - width) ? 0 : 1;
      outline += pixels.contains(at + width) ? 0 : 1;
      sums.add(map, at, outline);
      for (int i = 0; i < sums.cores.length; i++) {
        sums.cores[i] += leastAround(map, at, i) >= ComponentTree.LEVELS[found.level] ? 1 : 0;
      }
    }
    assertThat(found)
        .usingRecursiveComparison()
        .ignoringFields("parent")
        .withComparatorForType(
            (a, b) -> Math.abs(a - b) <= 1e-6 * (1 + Math.abs(a)) ? 0 : Double.compare(a, b),
            Double.class)
        .isEqualTo(sums);
    assertThat(found.contrast / found.pixels)
        .isCloseTo(
            pixels.stream().mapToDouble(at -> map.contrast()[at]).average().orElseThrow(),
            within(1e-6));
  }

  private static float leastAround(ContrastMap map, int at, int erosion) {
    int radius = ContrastMap.RADII[erosion];
    int px = at % map.width();
    int py = at / map.width();
    float least = Float.MAX_VALUE;
    for (int y = Math.max(0, py - radius); y <= Math.min(map.height() - 1, py + radius); y++) {
      for (int x = Math.max(0, px - radius); x <= Math.min(map.width() - 1, px + radius); x++) {
        least = Math.min(least, map.contrast()[y * map.width() + x]);
      }
    }
    return least;
  }
}
