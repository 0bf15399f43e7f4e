package dev.instar.report;

import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;

/**
 * Where values lie. Values that are not finite are left out.
 *
 * @param n how many
 * @param mean NaN if there is no value
 * @param deviation of the sample, with n - 1 below; NaN if there are fewer than two values
 */
record Spread(int n, double mean, double deviation) {
  static Spread of(double... values) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    return new Spread(
        finite.length,
        Mean.of(finite).getAsDouble(),
        finite.length < 2 ? Double.NaN : StandardDeviation.of(finite).getAsDouble());
  }
}
