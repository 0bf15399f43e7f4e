package dev.instar.detect;

import dev.instar.image.Size;

/**
 * The size of the pictures that a detector takes.
 *
 * @param shorterSide in pixels
 * @param longestSide the most pixels of the longer side: where they do not suffice, the shorter one
 *     gives way
 */
public record InputSize(int shorterSide, int longestSide) {
  /** DETR's own, for pictures of COCO. */
  public static final InputSize REFERENCE = new InputSize(800, 1333);

  /** More pixels of a side are not believed. */
  private static final int LARGEST_SIDE = 8192;

  public InputSize {
    if (shorterSide < 1 || longestSide < shorterSide || longestSide > LARGEST_SIDE) {
      throw new IllegalArgumentException(
          "pictures with a shorter side of "
              + shorterSide
              + " and a longest of "
              + longestSide
              + " pixels; at most "
              + LARGEST_SIDE
              + " are taken");
    }
  }

  /**
   * The size that a photograph gets: the shorter side so long, the longer one truncated
   * (facebookresearch/detr, datasets/transforms.py). What rounding there adds to the longest side
   * of very long photographs, a pixel or a few, is cut off here.
   */
  public Size of(Size photograph) {
    double shorter = Math.min(photograph.width(), photograph.height());
    double longer = Math.max(photograph.width(), photograph.height());
    double side = shorterSide;
    if (longer / shorter * shorterSide > longestSide) {
      // Python's round, to even.
      side = Math.max(1, Math.rint(longestSide * shorter / longer));
    }
    int across = (int) side;
    int along = (int) Math.min(longestSide, side * longer / shorter);
    return photograph.width() < photograph.height()
        ? new Size(across, along)
        : new Size(along, across);
  }
}
