package dev.instar.convert;

import dev.instar.image.Filter;
import dev.instar.pack.Encoding;

/**
 * Everything that decides the bytes of the stored pictures.
 *
 * @param geometry the size of the stored pictures
 * @param cropping the part of each photograph that is kept
 * @param padding the colour beyond the photograph's edge, {@code 0xRRGGBB}
 * @param filter how pixels are weighed
 * @param encoding JPEG or raw pixels
 * @param jpeg how JPEG is written
 * @param maxPixels photographs with more pixels are refused before anything is allocated
 */
public record ConversionPlan(
    Geometry geometry,
    Cropping cropping,
    int padding,
    Filter filter,
    Encoding encoding,
    JpegPolicy jpeg,
    long maxPixels) {
  /** The default limit of {@link #maxPixels}. */
  public static final long DEFAULT_MAX_PIXELS = 100_000_000;
}
