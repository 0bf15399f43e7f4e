package dev.instar.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Where counts from 1 on lie on a logarithmic axis that ends at a power of ten.
 *
 * @param decades the powers of ten that it spans
 * @param start where 1 lies
 * @param end where the largest power of ten lies
 */
record LogScale(int decades, double start, double end) {
  /** An axis that reaches {@code largest}. */
  static LogScale upTo(long largest, double start, double end) {
    return new LogScale((int) Math.max(1, Math.ceil(Math.log10(Math.max(1, largest)))), start, end);
  }

  double at(double count) {
    return start + (end - start) * Math.log10(Math.max(1, count)) / decades;
  }

  /** The powers of ten, from 1 on. */
  List<Long> ticks() {
    List<Long> ticks = new ArrayList<>();
    long tick = 1;
    for (int i = 0; i <= decades; i++) {
      ticks.add(tick);
      tick *= 10;
    }
    return ticks;
  }
}
