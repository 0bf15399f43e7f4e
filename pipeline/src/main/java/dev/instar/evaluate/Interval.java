package dev.instar.evaluate;

/** Where a measure lies with a confidence of 95%. */
public record Interval(double low, double high) {
  /** The 97.5% quantile of the standard normal distribution. */
  private static final double Z = 1.959963984540054;

  /**
   * The interval of a proportion (Wilson 1927, without continuity correction): unlike the usual
   * {@code p +- 2 sigma} it is right for few samples, and stays within 0 and 1.
   *
   * @param hits of {@code samples}; a mean of several networks' hits need not be whole
   * @param samples the interval of none is all from 0 to 1
   */
  public static Interval wilson(double hits, double samples) {
    if (samples == 0) {
      return new Interval(0, 1);
    }
    double share = hits / samples;
    double squared = Z * Z / samples;
    double centre = (share + squared / 2) / (1 + squared);
    double half =
        Math.sqrt(share * (1 - share) / samples * Z * Z + squared * squared / 4) / (1 + squared);
    return new Interval(
        hits == 0 ? 0 : Math.max(0, centre - half),
        hits == samples ? 1 : Math.min(1, centre + half));
  }
}
