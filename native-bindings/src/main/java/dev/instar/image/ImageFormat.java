package dev.instar.image;

/** The picture formats that are read. */
public enum ImageFormat {
  JPEG,
  PNG,
  TIFF,
  WEBP,
  BMP
}
