package dev.instar.survey;

import dev.instar.crop.BoxRecord;
import dev.instar.crop.Quality;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what was seen. Not thread-safe. */
final class Tally {
  private final Map<Quality, Long> verdicts = new EnumMap<>(Quality.class);
  private long photographs;
  private long withBox;
  private long boxes;

  void add(BoxRecord record) {
    photographs++;
    withBox += record.detections().isEmpty() ? 0 : 1;
    boxes += record.detections().size();
    record.verdict().ifPresent(verdict -> verdicts.merge(verdict, 1L, Long::sum));
  }

  long photographs() {
    return photographs;
  }

  long withBox() {
    return withBox;
  }

  long boxes() {
    return boxes;
  }

  /** How many photographs have each quality, by its label; none where none was judged. */
  Map<String, Long> verdicts() {
    Map<String, Long> byLabel = new LinkedHashMap<>();
    if (!verdicts.isEmpty()) {
      for (Quality quality : Quality.values()) {
        byLabel.put(quality.label(), verdicts.getOrDefault(quality, 0L));
      }
    }
    return byLabel;
  }
}
