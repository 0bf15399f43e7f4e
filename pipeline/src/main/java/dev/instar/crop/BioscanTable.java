package dev.instar.crop;

import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.pack.ImageRecord;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes {@link BoxForm#TSV}: the columns of BIOSCAN-5M's published table, whose boxes are those
 * that its detector found, on whole pixels, before they were widened for cropping.
 */
final class BioscanTable {
  private static final String HEADER =
      "processid\twidth_original\theight_original\tx0\ty0\tx1\ty1\tscale_factor\tarea_fraction\n";

  private static final Size STORED = new Size(256, 256);

  private BioscanTable() {}

  static void write(BoxLog log, Writer out) throws IOException {
    out.write(HEADER);
    log.forEach(record -> out.write(row(record)));
  }

  private static String row(BoxRecord record) {
    String id = ProcessIds.of(record.name());
    String size = record.drawnOn().map(s -> s.width() + "\t" + s.height()).orElse("\t");
    return String.join("\t", id, size, record.best().map(d -> box(record, d)).orElse("\t\t\t\t\t"))
        + "\n";
  }

  private static String box(BoxRecord record, Detection best) {
    BoundingBox whole = best.box().rounded();
    int x0 = (int) whole.x0();
    int y0 = (int) whole.y0();
    int x1 = (int) whole.x1();
    int y1 = (int) whole.y1();
    String shares =
        record
            .drawnOn()
            .map(
                size ->
                    new ImageRecord(
                        record.name(), 0, STORED, size, new Region(x0, y0, x1 - x0, y1 - y0)))
            .map(crop -> crop.scaleFactor() + "\t" + crop.areaFraction())
            .orElse("\t");
    return x0 + "\t" + y0 + "\t" + x1 + "\t" + y1 + "\t" + shares;
  }
}
