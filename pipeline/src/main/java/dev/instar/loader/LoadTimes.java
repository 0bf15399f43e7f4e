package dev.instar.loader;

/**
 * Where a loader's time went since it was opened, in nanoseconds; those of its workers are of all
 * of them together.
 *
 * @param samples that were made, those of batches that nobody took among them
 * @param readNanos of getting the stored bytes; next to nothing for a pack, which is mapped: its
 *     pages are read while they are decoded
 * @param convertNanos of decoding, resampling and changing
 * @param idleNanos of workers that had nowhere to put a sample, since all batches were ready: the
 *     loader is faster than its reader
 * @param waitNanos of the reader that waited for a batch: the loader is slower
 */
public record LoadTimes(
    long samples, long readNanos, long convertNanos, long idleNanos, long waitNanos) {
  /** What was added since an earlier look. */
  public LoadTimes since(LoadTimes earlier) {
    return new LoadTimes(
        samples - earlier.samples,
        readNanos - earlier.readNanos,
        convertNanos - earlier.convertNanos,
        idleNanos - earlier.idleNanos,
        waitNanos - earlier.waitNanos);
  }
}
