package dev.instar.publish;

import dev.instar.image.InputException;
import dev.instar.pack.ImageSource;
import dev.instar.pack.PictureIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes over the records of a split in their order, with their rows and pictures. What cannot be
 * read is listed and left out. Not thread-safe.
 */
final class Records implements AutoCloseable {
  /** Takes one record. */
  @FunctionalInterface
  interface Consumer {
    void accept(Specimen specimen) throws IOException;
  }

  private final ImageSource source;
  private final RecordKeys keys;
  private final Meter meter;
  private final SplitRecords split;
  private final PictureReader pictures;
  private final TableWalk table;

  Records(ImageSource source, Plan plan, RecordKeys keys, SplitRecords split, Meter meter)
      throws IOException {
    this.source = source;
    this.keys = keys;
    this.split = split;
    this.meter = meter;
    table = new TableWalk(plan.file());
    pictures = new PictureReader(source);
  }

  /**
   * Hands the records with the places {@code [from, to)} of the split over.
   *
   * @return those that could not be read
   * @throws Cancelled if the watch asked to stop
   */
  List<Refusal> each(int from, int to, Consumer consumer) throws IOException, Cancelled {
    List<Refusal> refused = new ArrayList<>();
    for (int place = from; place < to; place++) {
      if (meter.stopRequested()) {
        throw new Cancelled();
      }
      int record = split.records()[place];
      Picture picture;
      try {
        picture = pictures.read(record);
      } catch (InputException e) {
        Refusal refusal =
            new Refusal(
                split.rows()[place], source.location(record), e.fault().label(), e.getMessage());
        refused.add(refusal);
        meter.refused();
        continue;
      }
      consumer.accept(
          new Specimen(
              split.rows()[place],
              table.values(split.rows()[place]),
              keys.get(split.first() + place),
              PictureIndex.fileName(source.name(record)),
              picture));
      meter.written(picture.bytes().length);
    }
    return refused;
  }

  @Override
  public void close() throws IOException {
    try (pictures) {
      table.close();
    }
  }
}
