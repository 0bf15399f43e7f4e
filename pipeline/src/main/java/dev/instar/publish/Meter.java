package dev.instar.publish;

/** Counts a publication's records for its watch. Not thread-safe. */
final class Meter {
  private final Watch watch;
  private long done;
  private long refused;
  private long bytes;

  Meter(Watch watch) {
    this.watch = watch;
  }

  boolean stopRequested() {
    return watch.stopRequested();
  }

  void written(long pictureBytes) {
    done++;
    bytes += pictureBytes;
    watch.progress(done, refused, bytes);
  }

  void refused() {
    refused++;
    watch.progress(done, refused, bytes);
  }

  /** Counts a finished shard of an earlier run. */
  void kept(Shard shard) {
    done += shard.records();
    refused += shard.refused().size();
    watch.progress(done, refused, bytes);
  }
}
