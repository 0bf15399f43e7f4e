package dev.instar.loader;

import dev.instar.image.BatchFormat;
import dev.instar.image.SampleConverter;
import dev.instar.pack.Pack;
import dev.instar.pack.RecordAddresses;
import java.io.IOException;
import java.util.function.Function;

/** Puts one record after another into its place in a batch. Not thread-safe: one worker, one. */
interface SampleReader extends AutoCloseable {
  /**
   * Reads, changes and stores one record.
   *
   * @param repeat as {@link SampleDraw#into} takes it
   * @param slot the address that the sample goes to
   * @throws dev.instar.image.InputException if the record cannot be used
   */
  void read(int epoch, int record, int repeat, long slot) throws IOException;

  @Override
  void close();

  /** What makes readers of a source, for each worker its own. */
  static Function<SampleClock, SampleReader> of(
      Samples samples, LoaderPlan plan, Function<BatchFormat, SampleConverter> converters) {
    if (samples.source() instanceof Pack pack) {
      RecordAddresses addresses = pack.addresses();
      return clock ->
          new PackReader(
              pack.encoding(), addresses, draw(plan), converters.apply(plan.format()), clock);
    }
    return clock ->
        new PictureReader(samples.source(), draw(plan), converters.apply(plan.format()), clock);
  }

  private static SampleDraw draw(LoaderPlan plan) {
    return new SampleDraw(plan.augmentation(), plan.format().normalisation(), plan.seed());
  }
}
