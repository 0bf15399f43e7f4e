package dev.instar.convert;

import dev.instar.image.JpegSettings;
import dev.instar.image.JpegSettings.Subsampling;

/**
 * How pictures are compressed.
 *
 * @param quality 1 to 100, or {@link #KEEP} for the quality that the source has
 * @param chroma how the colour channels are reduced
 */
public record JpegPolicy(int quality, Chroma chroma) {
  /** The quality that the source has; 75 where it is no JPEG. */
  public static final int KEEP = 0;

  /** How the colour channels are reduced. */
  public enum Chroma {
    /** As the source; 4:2:0 where it is no JPEG. */
    KEEP,
    S420,
    S444
  }

  public JpegPolicy {
    if (quality < 0 || quality > 100) {
      throw new IllegalArgumentException("JPEG quality " + quality + ", it goes from 1 to 100");
    }
  }

  /** Whether a JPEG that needs no change of its pixels may be kept byte for byte. */
  boolean keepsSource() {
    return quality == KEEP && chroma == Chroma.KEEP;
  }

  /** The settings for a picture made from a source with these. */
  JpegSettings settingsFor(JpegSettings source) {
    Subsampling subsampling =
        switch (chroma) {
          case KEEP -> source.subsampling();
          case S420 -> Subsampling.S420;
          case S444 -> Subsampling.S444;
        };
    return new JpegSettings(quality == KEEP ? source.quality() : quality, subsampling);
  }
}
