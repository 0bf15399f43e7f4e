package dev.instar.crop;

import java.util.List;

/** The rows of {@link BoxForm#CSV}. */
final class BoxLines {
  static final String HEADER =
      "file,width,height,x,y,w,h,score,quality,valid,empty,blurry,fragmented,focus\n";

  private BoxLines() {}

  /**
   * The rows of a photograph, ends included: one a box, or one without a box. What is said of the
   * photograph stands in each.
   */
  static String of(BoxRecord record) {
    String start =
        quoted(record.name())
            + ","
            + record.drawnOn().map(size -> size.width() + "," + size.height()).orElse(",");
    String end =
        ","
            + record.verdict().map(Quality::label).orElse("")
            + ","
            + record.quality().map(BoxLines::judgement).orElse(",,,,")
            + "\n";
    if (record.detections().isEmpty()) {
      return start + ",,,,," + end;
    }
    StringBuilder rows = new StringBuilder();
    for (Detection detection : record.detections()) {
      rows.append(start).append(',').append(String.join(",", numbers(detection.box())));
      rows.append(',').append(record.scored() ? Decimals.of(detection.score()) : "").append(end);
    }
    return rows.toString();
  }

  /** The box as {@code x, y, w, h}. */
  static List<String> numbers(BoundingBox box) {
    return List.of(
        Decimals.of(box.x0()),
        Decimals.of(box.y0()),
        Decimals.side(box.x0(), box.x1()),
        Decimals.side(box.y0(), box.y1()));
  }

  private static String judgement(QualityScores scores) {
    return String.join(
        ",",
        Decimals.of(scores.valid()),
        Decimals.of(scores.empty()),
        Decimals.of(scores.blurry()),
        Decimals.of(scores.fragmented()),
        Decimals.of(scores.focus()));
  }

  /** The name in a row that {@link #of} made. */
  static String name(String row) {
    if (!row.startsWith("\"")) {
      return row.substring(0, Math.max(0, row.indexOf(',')));
    }
    int end = row.indexOf('"', 1);
    while (end >= 0 && row.startsWith("\"", end + 1)) {
      end = row.indexOf('"', end + 2);
    }
    return row.substring(1, Math.max(1, end)).replace("\"\"", "\"");
  }

  /** RFC 4180, and quotes around what a reader would trim. */
  private static String quoted(String name) {
    boolean plain =
        name.equals(name.strip()) && name.chars().allMatch(c -> c >= ' ' && c != ',' && c != '"');
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
