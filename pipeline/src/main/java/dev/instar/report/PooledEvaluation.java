package dev.instar.report;

import dev.instar.evaluate.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The evaluations of networks that differ in nothing but the seed, on the same records, as one.
 *
 * @param confusion the counts of all networks
 * @param calibration of the predictions of all networks
 * @param calibrationError the mean of each network's expected calibration error: that of pooled
 *     predictions would let one network's excess make up for another's want
 */
record PooledEvaluation(
    NamedConfusion confusion, Calibration calibration, double calibrationError) {
  /** Those that have the classes of the first together; none of none. */
  static Optional<PooledEvaluation> of(List<EvaluationFile> evaluations) {
    List<EvaluationFile> alike =
        evaluations.stream()
            .filter(one -> one.confusion().names().equals(evaluations.get(0).confusion().names()))
            .toList();
    if (alike.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new PooledEvaluation(
            NamedConfusion.sum(alike.stream().map(EvaluationFile::confusion).toList()),
            sum(alike.stream().map(EvaluationFile::calibration).toList()),
            alike.stream()
                .mapToDouble(one -> one.calibration().expectedError())
                .average()
                .orElseThrow()));
  }

  /** Bins of the same edges as one; others than those of the first are left out. */
  private static Calibration sum(List<Calibration> all) {
    List<Calibration.Bin> bins = new ArrayList<>();
    for (Calibration.Bin first : all.get(0).bins()) {
      int count = 0;
      double hits = 0;
      double confidence = 0;
      for (Calibration one : all) {
        for (Calibration.Bin bin : one.bins()) {
          if (bin.above() == first.above() && bin.upTo() == first.upTo()) {
            count += bin.count();
            hits += bin.count() * bin.accuracy();
            confidence += bin.count() * bin.confidence();
          }
        }
      }
      int divisor = Math.max(1, count);
      bins.add(
          new Calibration.Bin(
              first.above(), first.upTo(), count, hits / divisor, confidence / divisor));
    }
    return new Calibration(bins);
  }
}
