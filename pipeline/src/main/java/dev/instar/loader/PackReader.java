package dev.instar.loader;

import dev.instar.image.CorruptImageException;
import dev.instar.image.Fault;
import dev.instar.image.SampleConverter;
import dev.instar.image.SamplePlan;
import dev.instar.pack.Encoding;
import dev.instar.pack.RecordAddresses;

/**
 * Reads records of a pack where they lie in the mapped file: one native call for each, and nothing
 * allocated. A JPEG whose header states another size than the pack's index is a bad record.
 */
final class PackReader implements SampleReader {
  private final Encoding encoding;
  private final RecordAddresses records;
  private final SampleDraw draw;
  private final SampleConverter converter;
  private final SampleClock clock;
  private final SamplePlan plan = new SamplePlan();

  /** Takes ownership of the converter. */
  PackReader(
      Encoding encoding,
      RecordAddresses records,
      SampleDraw draw,
      SampleConverter converter,
      SampleClock clock) {
    this.encoding = encoding;
    this.records = records;
    this.draw = draw;
    this.converter = converter;
    this.clock = clock;
  }

  @Override
  public void read(int epoch, int record, int repeat, long slot) throws CorruptImageException {
    long begun = System.nanoTime();
    int length = records.length(record);
    if (length == 0) {
      throw new CorruptImageException(Fault.NOT_AN_IMAGE, "the record is empty");
    }
    long address = records.address(record);
    draw.into(plan, epoch, record, repeat, records.width(record), records.height(record));
    long read = System.nanoTime();
    if (encoding == Encoding.JPEG) {
      converter.jpeg(address, length, plan, slot);
    } else {
      converter.pixels(address, plan, slot);
    }
    clock.sample(begun, read);
  }

  @Override
  public void close() {
    converter.close();
  }
}
