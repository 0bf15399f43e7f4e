package dev.instar.convert;

import java.util.Map;

/**
 * What became of the records that a run read. They always add up: {@code read = written +
 * quarantined + skipped + alreadyThere}.
 *
 * @param read records of the input that the run came to
 * @param written stored by this run
 * @param quarantined refused, by this run or, where they are not tried again, an earlier one
 * @param skipped left out for their quality, by this run or an earlier one
 * @param alreadyThere stored by an earlier run
 * @param bytesRead size of the photographs that this run read
 * @param bytesWritten size of the pictures that it stored
 * @param reasons how many were quarantined for each reason, by its label
 * @param verdicts how many were skipped for each quality, by its label
 */
public record Counts(
    long read,
    long written,
    long quarantined,
    long skipped,
    long alreadyThere,
    long bytesRead,
    long bytesWritten,
    Map<String, Long> reasons,
    Map<String, Long> verdicts)
    implements RunCounts {
  @Override
  public long done() {
    return written;
  }
}
