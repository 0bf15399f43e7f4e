package dev.instar.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The connected components of a contrast map at falling levels, each part of one at the next level:
 * a coarse max-tree (Salembier, Oliveras and Garrido 1998) by union-find. Not thread-safe.
 */
final class ComponentTree {
  /** In units of CIELAB; from a dark body to the faintest wing. */
  static final float[] LEVELS = {60, 48, 38, 30, 24, 19, 15, 12, 9.5f, 7.5f, 6};

  /** Components of fewer pixels are no candidates. */
  private static final int LEAST_PIXELS = 12;

  /** Noise may have more components; those at the lowest levels are left out then. */
  private static final int MOST = 8000;

  private static final int INACTIVE = -1;

  /** The map's pixels and those of its erosions, by level. */
  private final LevelOrder order = new LevelOrder();

  private final LevelOrder[] cores = new LevelOrder[ContrastMap.RADII.length];
  private int[] links = {};
  private int[] slots = {};
  private byte[] outlines = {};
  private int width;
  private int height;

  ComponentTree() {
    Arrays.setAll(cores, i -> new LevelOrder());
  }

  /** All components of at least 12 pixels with eight neighbours a pixel, high levels first. */
  List<Component> of(ContrastMap map) {
    width = map.width();
    height = map.height();
    int pixels = width * height;
    if (links.length < pixels) {
      links = new int[pixels];
      slots = new int[pixels];
      outlines = new byte[pixels];
      Arrays.fill(slots, INACTIVE);
    }
    Arrays.fill(links, 0, pixels, INACTIVE);
    order.take(map.steps(), pixels);
    for (int i = 0; i < cores.length; i++) {
      cores[i].take(map.eroded(i), pixels);
    }
    List<Component> found = new ArrayList<>();
    List<Component> before = List.of();
    for (int level = 0; level < LEVELS.length && found.size() < MOST; level++) {
      for (int k = order.begin(level); k < order.end(level); k++) {
        join(order.pixel(k));
      }
      before = collect(map, level, before);
      for (Component component : before) {
        if (component.pixels >= LEAST_PIXELS && found.size() < MOST) {
          found.add(component);
        }
      }
    }
    return found;
  }

  /** Joins a new pixel with its neighbours, and counts how it changes the outline. */
  private void join(int at) {
    links[at] = at;
    int x = at % width;
    int y = at / width;
    int outline = 4;
    for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
      for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
        int neighbour = ny * width + nx;
        if (neighbour == at || links[neighbour] == INACTIVE) {
          continue;
        }
        outline -= nx == x || ny == y ? 2 : 0;
        int one = root(at);
        int other = root(neighbour);
        // The lower number leads, so that paths stay short and the result is the order's own.
        links[Math.max(one, other)] = Math.min(one, other);
      }
    }
    outlines[at] = (byte) outline;
  }

  private int root(int at) {
    int here = at;
    while (links[here] != here) {
      links[here] = links[links[here]];
      here = links[here];
    }
    return here;
  }

  /** The components of this level: those of the level before and the new pixels, added up. */
  private List<Component> collect(ContrastMap map, int level, List<Component> before) {
    List<Component> components = new ArrayList<>(before.size());
    for (Component part : before) {
      Component whole = componentAt(part.pixel, level, components);
      whole.add(part);
      part.parent = whole;
    }
    for (int k = order.begin(level); k < order.end(level); k++) {
      int at = order.pixel(k);
      componentAt(at, level, components).add(map, at, outlines[at]);
    }
    for (int i = 0; i < cores.length; i++) {
      for (int k = cores[i].begin(level); k < cores[i].end(level); k++) {
        componentAt(cores[i].pixel(k), level, components).cores[i]++;
      }
    }
    for (Component component : components) {
      slots[component.pixel] = INACTIVE;
    }
    return components;
  }

  private Component componentAt(int pixel, int level, List<Component> components) {
    int root = root(pixel);
    if (slots[root] == INACTIVE) {
      slots[root] = components.size();
      components.add(new Component(level, root));
    }
    return components.get(slots[root]);
  }
}
