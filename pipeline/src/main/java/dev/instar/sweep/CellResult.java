package dev.instar.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a cell came to, as its {@code result.json} says it.
 *
 * @param format of the file
 * @param cell its name
 * @param factors as in {@link Cell}
 * @param splitColumn as in {@link Cell}
 * @param target as in {@link Cell}
 * @param model as in {@link Cell}
 * @param validation scores of the best weights on the validation set
 * @param test scores of the best weights on the test set
 * @param epochs that were trained
 * @param bestEpoch whose weights were best on validation, from 1
 * @param steps of the optimizer
 * @param early whether training ended for want of a better epoch
 * @param skipped records that could not be read, each as often as it was
 * @param seconds of training, those of sessions before the last among them
 * @param imagesPerSecond that the last session learnt from
 */
public record CellResult(
    int format,
    String cell,
    Map<String, String> factors,
    String splitColumn,
    String target,
    String model,
    Scores validation,
    Scores test,
    int epochs,
    int bestEpoch,
    long steps,
    boolean early,
    long skipped,
    double seconds,
    double imagesPerSecond,
    Provenance provenance) {
  /** The format that this version writes. */
  public static final int FORMAT = 1;

  public CellResult {
    factors = Collections.unmodifiableMap(new LinkedHashMap<>(factors));
  }
}
