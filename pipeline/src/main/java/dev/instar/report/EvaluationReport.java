package dev.instar.report;

import dev.instar.evaluate.AverageK;
import dev.instar.evaluate.Bootstrap;
import dev.instar.evaluate.Evaluation;
import dev.instar.evaluate.RankAccuracy;
import dev.instar.loader.ClassName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that is reported of one evaluation.
 *
 * @param run the name of what was evaluated
 * @param split the part of the records that it was evaluated on
 * @param task what the classes are, such as {@code order}
 * @param ks of top-k accuracy, ascending, from 1
 * @param averageK thresholds from the validation set; none if they were not asked for
 * @param reference the reference's thresholds, if its own measures are to be reported too
 * @param bootstrap intervals, if they were asked for
 * @param ranks above the classes', from the narrowest on
 * @param leftOut why records are missing, with how many; no reason without records
 * @param settings what was evaluated with what, by name
 */
public record EvaluationReport(
    String run,
    String split,
    String task,
    List<ClassName> classes,
    Evaluation evaluation,
    List<Integer> ks,
    List<AverageK> averageK,
    Optional<List<AverageK>> reference,
    Optional<Bootstrap> bootstrap,
    List<RankAccuracy> ranks,
    Map<String, Long> leftOut,
    Map<String, String> settings) {
  /** The samples of a batch of the reference; its loss depends on it. */
  static final int REFERENCE_BATCH = 32;

  public EvaluationReport {
    classes = List.copyOf(classes);
    ks = List.copyOf(ks);
    averageK = List.copyOf(averageK);
    ranks = List.copyOf(ranks);
    leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** The same with other settings. */
  public EvaluationReport with(Map<String, String> named) {
    return new EvaluationReport(
        run,
        split,
        task,
        classes,
        evaluation,
        ks,
        averageK,
        reference,
        bootstrap,
        ranks,
        leftOut,
        named);
  }

  /** Which class was taken for which. */
  NamedConfusion confusion() {
    return new NamedConfusion(
        task, classes.stream().map(ClassName::name).toList(), evaluation.confusion(), 1);
  }

  String name(int label) {
    return classes.get(label).name();
  }
}
