package dev.instar.sweep;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a network came to on one part of the data.
 *
 * @param records that were classified
 * @param classes that have records
 * @param values parts of 1, but the loss (mean cross-entropy in nats); a measure that makes no
 *     sense, such as top-5 of four classes, is absent
 */
public record Scores(int records, int classes, Map<Measure, Double> values) {
  public Scores {
    EnumMap<Measure, Double> ordered = new EnumMap<>(Measure.class);
    ordered.putAll(values);
    values = Collections.unmodifiableMap(ordered);
  }
}
