package dev.instar.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Where values lie on an axis whose ends are round numbers.
 *
 * @param low the value at the start
 * @param high the value at the end, above {@code low}
 * @param step from one named value to the next; 0 if the axis is logarithmic, so that equal steps
 *     are equal factors, and {@code low} is above 0
 * @param start where {@code low} lies
 * @param end where {@code high} lies
 */
record Axis(double low, double high, double step, double start, double end) {
  private static final int MOST_STEPS = 5;

  /** Wider than this, a logarithmic axis names powers of ten only. */
  private static final int MOST_DECADES_WITH_PARTS = 2;

  /** A linear axis that reaches from {@code low} to {@code high}, somewhat beyond if need be. */
  static Axis linear(double low, double high, double start, double end) {
    if (!(high > low)) {
      double room = low == 0 ? 1 : Math.abs(low) / 10;
      return linear(low - (low == 0 ? 0 : room), low + room, start, end);
    }
    double step = step(high - low);
    return new Axis(
        step * Math.floor(low / step + 1e-9),
        step * Math.ceil(high / step - 1e-9),
        step,
        start,
        end);
  }

  /** A logarithmic axis between the 1, 2 or 5 times a power of ten around two values above 0. */
  static Axis logarithmic(double low, double high, double start, double end) {
    double from = roundedDown(low);
    double to = roundedUp(high);
    return new Axis(from, to > from ? to : roundedUp(from * 1.5), 0, start, end);
  }

  double at(double value) {
    double part =
        step == 0
            ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
            : (value - low) / (high - low);
    return start + (end - start) * part;
  }

  /** Round values along the axis, both ends of a linear one among them. */
  List<Double> ticks() {
    return step == 0 ? logarithmicTicks() : linearTicks();
  }

  private List<Double> linearTicks() {
    List<Double> ticks = new ArrayList<>();
    for (long i = Math.round(low / step); i <= Math.round(high / step); i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private List<Double> logarithmicTicks() {
    boolean parts = Math.log10(high / low) <= MOST_DECADES_WITH_PARTS;
    List<Double> ticks = new ArrayList<>();
    for (int decade = (int) Math.floor(Math.log10(low)); ; decade++) {
      for (int part : parts ? new int[] {1, 2, 5} : new int[] {1}) {
        double tick = part * Math.pow(10, decade);
        if (tick > high * (1 + 1e-9)) {
          return ticks;
        }
        if (tick >= low * (1 - 1e-9)) {
          ticks.add(tick);
        }
      }
    }
  }

  /** The least of 1, 2 or 5 times a power of ten of which few make up the range. */
  private static double step(double range) {
    double step = Math.pow(10, Math.floor(Math.log10(range / MOST_STEPS)));
    for (int factor : new int[] {1, 2, 5}) {
      if (range / (factor * step) <= MOST_STEPS * (1 + 1e-9)) {
        return factor * step;
      }
    }
    return 10 * step;
  }

  private static double roundedDown(double value) {
    double decade = Math.pow(10, Math.floor(Math.log10(value)));
    double part = value / decade * (1 + 1e-9);
    return (part >= 5 ? 5 : part >= 2 ? 2 : 1) * decade;
  }

  private static double roundedUp(double value) {
    double decade = Math.pow(10, Math.floor(Math.log10(value)));
    double part = value / decade * (1 - 1e-9);
    return (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10) * decade;
  }
}
