package dev.instar.image;

/**
 * What happens to one picture on its way into a batch, in this order: cut out, resized, cut again
 * to the size of the batch's samples, turned, rotated, recoloured, normalised, erased in part.
 *
 * <p>Reused from sample to sample, without making objects: {@link #reset} first, then say what is
 * wanted in that order. An argument that can never be right is an {@link IllegalArgumentException}
 * at once; what depends on the size of the samples is one when the plan is used. Not thread-safe:
 * one worker, one plan.
 */
public final class SamplePlan {
  /** The longest side of a picture: a JPEG cannot be larger. */
  public static final int LONGEST_SIDE = 65_535;

  // Read by the converters of this package.
  int width;
  int height;
  int cropX;
  int cropY;
  int cropWidth;
  int cropHeight;
  int resizedWidth;
  int resizedHeight;
  int windowX;
  int windowY;
  Turn turn = Turn.NONE;
  double degrees;
  int fill;
  float brightness;
  float contrast;
  float saturation;
  int hueShift;
  int eraseX;
  int eraseY;
  int eraseWidth;
  int eraseHeight;

  /** A plan for no picture yet: {@link #reset} it first. */
  public SamplePlan() {
    reset(1, 1);
  }

  /** Forgets everything: the whole of a picture of that size, neither resized nor changed. */
  public SamplePlan reset(int width, int height) {
    requireSides("a picture", width, height);
    this.width = width;
    this.height = height;
    turn = Turn.NONE;
    degrees = 0;
    fill = 0;
    brightness = 1;
    contrast = 1;
    saturation = 1;
    hueShift = 0;
    eraseX = 0;
    eraseY = 0;
    eraseWidth = 0;
    eraseHeight = 0;
    return crop(0, 0, width, height);
  }

  /** Only this part of the picture is used, in its pixels; forgets a size and a window. */
  public SamplePlan crop(int x, int y, int width, int height) {
    requireInside("a crop", x, y, width, height, this.width, this.height);
    cropX = x;
    cropY = y;
    cropWidth = width;
    cropHeight = height;
    return resize(width, height);
  }

  /**
   * What is left becomes that large, as Pillow's antialiased bilinear filter does it; forgets a
   * window.
   */
  public SamplePlan resize(int width, int height) {
    requireSides("a resized picture", width, height);
    if ((long) width * height * PixelBuffer.CHANNELS > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a resized picture of " + width + "x" + height + " pixels does not fit in 2 GiB");
    }
    resizedWidth = width;
    resizedHeight = height;
    return window(0, 0);
  }

  /** The corner of the sample in the resized picture. */
  public SamplePlan window(int x, int y) {
    requireInside("a window", x, y, 1, 1, resizedWidth, resizedHeight);
    windowX = x;
    windowY = y;
    return this;
  }

  /** How the sample is laid; quarter turns need a square one. */
  public SamplePlan turn(Turn turn) {
    this.turn = turn;
    return this;
  }

  /**
   * A rotation about the centre, in degrees counter-clockwise; what comes from outside is {@code
   * fill}, a grey of 0 to 255. Bilinear, as Pillow's {@code Image.rotate}.
   */
  public SamplePlan rotate(double degrees, int fill) {
    if (!Double.isFinite(degrees) || fill < 0 || fill > 255) {
      throw new IllegalArgumentException(
          "a rotation by " + degrees + " degrees that fills with " + fill);
    }
    this.degrees = degrees;
    this.fill = fill;
    return this;
  }

  /**
   * Factors of brightness, contrast and saturation (1 changes nothing) and a shift of hue in turns
   * (0 changes nothing), in this order, each rounded to bytes as torchvision does with Pillow's
   * pictures.
   *
   * @param brightness at least 0, as the other factors
   * @param hue from -0.5 to 0.5
   */
  public SamplePlan colour(double brightness, double contrast, double saturation, double hue) {
    if (!(hue >= -0.5 && hue <= 0.5)) {
      throw new IllegalArgumentException("a shift of hue by " + hue + ", only -0.5 to 0.5 is one");
    }
    this.brightness = factor("brightness", brightness);
    this.contrast = factor("contrast", contrast);
    this.saturation = factor("saturation", saturation);
    // torchvision's adjust_hue for Pillow: np.uint8(hue * 255), which wraps.
    hueShift = (int) (hue * 255) & 0xff;
    return this;
  }

  /**
   * This part of the sample becomes 0 after normalisation (the mean, in other words; in a batch of
   * bytes, the byte nearest to the mean).
   */
  public SamplePlan erase(int x, int y, int width, int height) {
    if (x < 0 || y < 0 || width < 0 || height < 0) {
      throw new IllegalArgumentException(
          "erasing %dx%d+%d+%d, which is no part of a sample".formatted(width, height, x, y));
    }
    eraseX = x;
    eraseY = y;
    eraseWidth = width;
    eraseHeight = height;
    return this;
  }

  /**
   * Throws the exception that says why this plan makes no sample of that size, if it makes none.
   */
  void requireSamplesOf(Size sample) {
    if (windowX > resizedWidth - sample.width() || windowY > resizedHeight - sample.height()) {
      throw new IllegalArgumentException(
          "a sample of %s pixels at %d, %d leaves the resized picture of %dx%d"
              .formatted(sample, windowX, windowY, resizedWidth, resizedHeight));
    }
    if (exchangesSides() && sample.width() != sample.height()) {
      throw new IllegalArgumentException(
          "a quarter turn of samples of " + sample + " pixels, which are not square");
    }
    if (eraseX > sample.width() - eraseWidth || eraseY > sample.height() - eraseHeight) {
      throw new IllegalArgumentException(
          "erasing %dx%d+%d+%d leaves the sample of %s pixels"
              .formatted(eraseWidth, eraseHeight, eraseX, eraseY, sample));
    }
  }

  /** How far a JPEG may be reduced in the DCT before it is resized. */
  int denominator() {
    return JpegCodec.denominatorFor(
        cropWidth, cropHeight, resizedWidth, resizedHeight, JpegCodec.OVERSAMPLING);
  }

  boolean rotates() {
    return degrees % 360 != 0;
  }

  boolean recolours() {
    return brightness != 1 || contrast != 1 || saturation != 1 || hueShift != 0;
  }

  boolean erases() {
    return eraseWidth > 0 && eraseHeight > 0;
  }

  private boolean exchangesSides() {
    return switch (turn) {
      case CLOCKWISE_90, CLOCKWISE_270, MIRRORED_90, MIRRORED_270 -> true;
      case NONE, CLOCKWISE_180, MIRRORED, MIRRORED_180 -> false;
    };
  }

  private static float factor(String what, double value) {
    if (!(value >= 0 && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("a " + what + " of " + value + ", at least 0 is needed");
    }
    return (float) value;
  }

  private static void requireSides(String what, int width, int height) {
    if (width < 1 || height < 1 || width > LONGEST_SIDE || height > LONGEST_SIDE) {
      throw new IllegalArgumentException(
          "%s of %dx%d pixels; a side has 1 to %d".formatted(what, width, height, LONGEST_SIDE));
    }
  }

  private static void requireInside(
      String what, int x, int y, int width, int height, int wholeWidth, int wholeHeight) {
    // In this order nothing overflows.
    boolean inside =
        x >= 0
            && y >= 0
            && width >= 1
            && height >= 1
            && x <= wholeWidth - width
            && y <= wholeHeight - height;
    if (!inside) {
      throw new IllegalArgumentException(
          "%s of %dx%d+%d+%d leaves the picture of %dx%d pixels"
              .formatted(what, width, height, x, y, wholeWidth, wholeHeight));
    }
  }
}
