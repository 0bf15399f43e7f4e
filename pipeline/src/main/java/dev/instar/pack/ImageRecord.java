package dev.instar.pack;

import dev.instar.image.Region;
import dev.instar.image.Size;

/**
 * What is known of one stored picture beside its bytes.
 *
 * @param name the key: unique in its collection, {@code /} between folders
 * @param part the number of the published {@code part{n}} folder that it came from, 0 where there
 *     was none
 * @param size the size of the stored picture
 * @param original the size of the photograph it was made from, upright
 * @param box the part of that photograph that was kept; it reaches outside where the crop was
 *     padded
 */
public record ImageRecord(String name, int part, Size size, Size original, Region box) {
  /**
   * The share of the photograph's area that the box has: {@code w*h / (W*H)}, as in BIOSCAN-5M's
   * box table.
   */
  public double areaFraction() {
    return (double) box.width() * box.height() / original.pixels();
  }

  /**
   * Photograph pixels per stored pixel along the shorter side, rounded to 4 digits; BIOSCAN-5M's
   * {@code min(w,h)/256} for a side of 256.
   */
  public double scaleFactor() {
    double ratio =
        (double) Math.min(box.width(), box.height()) / Math.min(size.width(), size.height());
    return Math.round(ratio * 1e4) / 1e4;
  }
}
