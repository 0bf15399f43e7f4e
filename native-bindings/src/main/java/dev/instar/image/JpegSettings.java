package dev.instar.image;

/**
 * How a JPEG is written.
 *
 * @param quality 1 to 100, in the scale of the Independent JPEG Group
 * @param subsampling of the two colour channels
 */
public record JpegSettings(int quality, Subsampling subsampling) {
  public JpegSettings {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("JPEG quality " + quality + ", it goes from 1 to 100");
    }
  }

  /** How far the colour channels are reduced. */
  public enum Subsampling {
    /** Half in both directions: what cameras and most tools write. */
    S420,
    /** Half in width. */
    S422,
    /** Not reduced. */
    S444
  }
}
