package dev.instar.detect;

import dev.instar.image.Region;

/**
 * The connected parts (eight neighbours) of what is darker than a threshold in a region. Owns its
 * buffers; not thread-safe.
 */
final class Parts {
  private boolean[] dark = {};
  private int[] waiting = {};
  private int covered;
  private int count;
  private int greatest;

  /** Looks for parts of at least {@code least} pixels below {@code threshold}. */
  void find(LumaPlane picture, Region region, double threshold, int least) {
    int width = region.width();
    int height = region.height();
    int pixels = width * height;
    if (dark.length < pixels) {
      dark = new boolean[pixels];
      waiting = new int[pixels];
    }
    covered = 0;
    int[] luma = picture.values();
    for (int y = 0; y < height; y++) {
      int row = (region.y() + y) * picture.width() + region.x();
      for (int x = 0; x < width; x++) {
        boolean below = luma[row + x] < threshold;
        dark[y * width + x] = below;
        covered += below ? 1 : 0;
      }
    }
    count = 0;
    greatest = 0;
    for (int at = 0; at < pixels; at++) {
      if (dark[at]) {
        int size = take(at, width, height);
        if (size >= least) {
          count++;
          greatest = Math.max(greatest, size);
        }
      }
    }
  }

  /** Clears the part around {@code seed} and gives back its pixels. */
  private int take(int seed, int width, int height) {
    int found = 0;
    int size = 0;
    dark[seed] = false;
    waiting[found++] = seed;
    while (size < found) {
      int at = waiting[size++];
      int x = at % width;
      int y = at / width;
      for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          int next = v * width + u;
          if (dark[next]) {
            dark[next] = false;
            waiting[found++] = next;
          }
        }
      }
    }
    return size;
  }

  /** Pixels below the threshold, in parts or not. */
  int covered() {
    return covered;
  }

  int count() {
    return count;
  }

  /** Pixels of the greatest part; 0 where there is none. */
  int greatest() {
    return greatest;
  }
}
