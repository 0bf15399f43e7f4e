package dev.instar.image;

/**
 * What happens to one picture on its way into a batch, in this order: cut out, resized, cut again
 * to the size of the batch's samples, turned, rotated, recoloured, normalised, erased in part.
 *
 * <p>Reused from sample to sample: {@link #reset} first, then say what is wanted. Not thread-safe:
 * one worker, one plan.
 */
public final class SamplePlan {
  /** A plan that keeps the picture as it is. */
  public SamplePlan() {}

  /** Forgets everything: the whole of a picture of that size, neither resized nor changed. */
  public SamplePlan reset(int width, int height) {
    throw new UnsupportedOperationException();
  }

  /** Only this part of the picture is used, in its pixels. */
  public SamplePlan crop(int x, int y, int width, int height) {
    throw new UnsupportedOperationException();
  }

  /** What is left becomes that large, as Pillow's antialiased bilinear filter does it. */
  public SamplePlan resize(int width, int height) {
    throw new UnsupportedOperationException();
  }

  /** The corner of the sample in the resized picture. */
  public SamplePlan window(int x, int y) {
    throw new UnsupportedOperationException();
  }

  /** How the sample is laid; quarter turns need a square one. */
  public SamplePlan turn(Turn turn) {
    throw new UnsupportedOperationException();
  }

  /**
   * A rotation about the centre, in degrees counter-clockwise; what comes from outside is {@code
   * fill}, a grey of 0 to 255.
   */
  public SamplePlan rotate(double degrees, int fill) {
    throw new UnsupportedOperationException();
  }

  /**
   * Factors of brightness, contrast and saturation (1 changes nothing) and a shift of hue in turns
   * (0 changes nothing), in this order.
   */
  public SamplePlan colour(double brightness, double contrast, double saturation, double hue) {
    throw new UnsupportedOperationException();
  }

  /** This part of the sample becomes 0 after normalisation (the mean, in other words). */
  public SamplePlan erase(int x, int y, int width, int height) {
    throw new UnsupportedOperationException();
  }
}
