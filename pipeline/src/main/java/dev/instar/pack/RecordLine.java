package dev.instar.pack;

import dev.instar.image.Region;
import dev.instar.image.Size;
import java.util.HexFormat;

/**
 * A line of a folder's {@code records.csv}: what is known of a picture, its length in bytes and the
 * CRC-32C of its content.
 */
record RecordLine(ImageRecord record, int length, int crc32c) {
  static final String HEADER =
      "name,part,width,height,original_width,original_height,x,y,w,h,area_fraction,scale_factor,length,crc32c\n";

  private static final int NUMBERS = 13;

  /**
   * The line, its end included. A name with a comma or a quotation mark stands in quotes (RFC
   * 4180).
   */
  String text() {
    String name = record.name();
    boolean quoted = name.indexOf(',') >= 0 || name.indexOf('"') >= 0;
    Region box = record.box();
    Object[] fields = {
      quoted ? '"' + name.replace("\"", "\"\"") + '"' : name,
      record.part(),
      record.size().width(),
      record.size().height(),
      record.original().width(),
      record.original().height(),
      box.x(),
      box.y(),
      box.width(),
      box.height(),
      record.areaFraction(),
      record.scaleFactor(),
      length,
      HexFormat.of().toHexDigits(crc32c)
    };
    StringBuilder line = new StringBuilder();
    for (Object field : fields) {
      line.append(line.isEmpty() ? "" : ",").append(field);
    }
    return line.append('\n').toString();
  }

  /**
   * Reads a line without its end.
   *
   * @throws IllegalArgumentException if it is not one that {@link #text} made
   */
  static RecordLine parse(String line) {
    String[] fields = new String[NUMBERS];
    int end = line.length();
    for (int i = NUMBERS - 1; i >= 0; i--) {
      int comma = line.lastIndexOf(',', end - 1);
      if (comma < 0) {
        throw new IllegalArgumentException("too few fields");
      }
      fields[i] = line.substring(comma + 1, end);
      end = comma;
    }
    String name = line.substring(0, end);
    if (name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"")) {
      name = name.substring(1, name.length() - 1).replace("\"\"", "\"");
    }
    int[] n = new int[9];
    for (int i = 0; i < n.length; i++) {
      n[i] = Integer.parseInt(fields[i]);
    }
    ImageRecord record =
        new ImageRecord(
            name,
            n[0],
            new Size(n[1], n[2]),
            new Size(n[3], n[4]),
            new Region(n[5], n[6], n[7], n[8]));
    int length = Integer.parseInt(fields[11]);
    RecordLine parsed = new RecordLine(record, length, HexFormat.fromHexDigits(fields[12]));
    if (!parsed.text().equals(line + "\n")) {
      throw new IllegalArgumentException("a line of another kind");
    }
    return parsed;
  }
}
