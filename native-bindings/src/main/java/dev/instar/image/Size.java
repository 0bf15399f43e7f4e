package dev.instar.image;

/** A width and a height in pixels, both at least 1. */
public record Size(int width, int height) {
  public Size {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("a size of " + width + " x " + height + " pixels");
    }
  }

  /** The number of pixels. */
  public long pixels() {
    return (long) width * height;
  }

  /** The same rectangle with the sides exchanged. */
  public Size transposed() {
    return new Size(height, width);
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
