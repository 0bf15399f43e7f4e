package dev.instar.survey;

import dev.instar.convert.RunCounts;
import java.util.Map;

/**
 * What became of the photographs that a survey came to, and what is in its output, to which earlier
 * runs may have added. They always add up: {@code read = looked + quarantined + alreadyThere}, and
 * {@code photographs = withBox + withoutBox}.
 *
 * @param read photographs of the input that the run came to
 * @param looked photographs that it looked at
 * @param quarantined refused, by this run or, where they are not tried again, an earlier one
 * @param alreadyThere looked at by an earlier run
 * @param drawn of those, overlays that this run drew
 * @param bytesRead size of the photographs that this run read
 * @param reasons how many were quarantined for each reason, by its label
 * @param photographs in the output
 * @param withBox of those, how many have a box
 * @param withoutBox how many have none: empty wells, as far as the detector sees
 * @param boxes in the output
 * @param verdicts how many photographs have each quality, by its label
 */
public record SurveyCounts(
    long read,
    long looked,
    long quarantined,
    long alreadyThere,
    long drawn,
    long bytesRead,
    Map<String, Long> reasons,
    long photographs,
    long withBox,
    long withoutBox,
    long boxes,
    Map<String, Long> verdicts)
    implements RunCounts {
  @Override
  public long done() {
    return looked;
  }
}
