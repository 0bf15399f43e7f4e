package dev.instar.image;

/** The eight ways to lay a square picture: mirrored or not, then turned clockwise. */
public enum Turn {
  NONE,
  CLOCKWISE_90,
  CLOCKWISE_180,
  CLOCKWISE_270,
  /** Left and right change places: the usual horizontal flip. */
  MIRRORED,
  MIRRORED_90,
  /** Top and bottom change places. */
  MIRRORED_180,
  MIRRORED_270;

  private static final Turn[] BY_NUMBER = values();

  /** First a horizontal flip or none, then so many quarter turns clockwise. */
  public static Turn of(boolean mirrored, int quarterTurns) {
    return BY_NUMBER[(mirrored ? 4 : 0) + Math.floorMod(quarterTurns, 4)];
  }
}
