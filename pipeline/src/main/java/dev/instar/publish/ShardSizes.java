package dev.instar.publish;

import dev.instar.image.InputException;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Pack;
import java.io.IOException;
import java.nio.file.Files;

/**
 * How many shards a split becomes: as many as bring them to about the wanted size, each with the
 * same number of records, give or take one. A pack knows the length of its pictures; of another
 * collection a few hundred, evenly spread, are read.
 */
final class ShardSizes {
  private static final int SAMPLE = 256;

  private final long shardBytes;
  private final double overhead;
  private final Pack pack;
  private final double mean;

  ShardSizes(ImageSource source, Plan plan, long shardBytes, long overheadBytes)
      throws IOException {
    this.shardBytes = shardBytes;
    double rowBytes = (double) Files.size(plan.file()) / Math.max(1, plan.table().rows());
    overhead = rowBytes + overheadBytes;
    pack = source instanceof Pack known ? known : null;
    mean = pack == null ? meanOf(source, plan) : 0;
  }

  private static double meanOf(ImageSource source, Plan plan) throws IOException {
    long bytes = 0;
    int read = 0;
    try (PictureReader pictures = new PictureReader(source)) {
      for (SplitRecords split : plan.splits()) {
        int step = Math.max(1, plan.size() / SAMPLE);
        for (int place = 0; place < split.size(); place += step) {
          try {
            bytes += pictures.read(split.records()[place]).bytes().length;
            read++;
          } catch (InputException e) {
            // It will be refused by name when its turn comes.
          }
        }
      }
    }
    return read == 0 ? 0 : (double) bytes / read;
  }

  /** The number of shards of a split. */
  int count(SplitRecords split) {
    double bytes = split.size() * (overhead + mean);
    if (pack != null) {
      for (int record : split.records()) {
        bytes += pack.length(record);
      }
    }
    double shards = Math.ceil(bytes / shardBytes);
    return (int) Math.max(1, Math.min(split.size(), Math.min(99_999, shards)));
  }

  /** The place of the first record of a shard; that of the next one is its end. */
  static int firstOf(SplitRecords split, int shard, int shards) {
    return (int) ((long) split.size() * shard / shards);
  }
}
