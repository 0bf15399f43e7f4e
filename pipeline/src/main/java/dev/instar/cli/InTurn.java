package dev.instar.cli;

import dev.instar.evaluate.Identification;
import dev.instar.loader.Samples;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Brings pictures that could be read, and the reasons why others could not, into the order of the
 * samples: a batch lacks its bad records, whose reasons came before it in their order.
 */
final class InTurn {
  private final Samples samples;
  private final PredictionOutput output;
  private final Queue<String> reasons = new ArrayDeque<>();
  private int next;

  InTurn(Samples samples, PredictionOutput output) {
    this.samples = samples;
    this.output = output;
  }

  /** The next sample that will be missing is, because of {@code reason}. */
  void refused(String reason) {
    reasons.add(reason);
  }

  void identified(int sample, Identification identification) throws IOException {
    writeMissing(sample);
    output.identified(record(sample), identification);
    next = sample + 1;
  }

  /** All samples after the last one that was identified are missing. */
  void rest() throws IOException {
    writeMissing(samples.size());
  }

  /** The samples that are written. */
  int done() {
    return next;
  }

  private void writeMissing(int end) throws IOException {
    for (; next < end; next++) {
      output.unreadable(record(next), reasons.remove());
    }
  }

  private String record(int sample) {
    return samples.source().name(samples.record(sample));
  }
}
