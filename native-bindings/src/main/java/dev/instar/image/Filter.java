package dev.instar.image;

/** How pixels are weighed when a picture changes its size. */
public enum Filter {
  /**
   * Each new pixel is the mean of the area that it covers: exact box coverage, what OpenCV calls
   * INTER_AREA. Meant for shrinking; when enlarging, pixels become blocks.
   */
  AREA,
  /**
   * Triangle over twice the covered area when shrinking, as Pillow's {@code BILINEAR}; interpolates
   * when enlarging.
   */
  BILINEAR,
  /** Windowed sinc with three lobes, as Pillow's {@code LANCZOS}. */
  LANCZOS
}
