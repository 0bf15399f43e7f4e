package dev.instar.loader;

import dev.instar.image.CorruptImageException;
import dev.instar.image.Normalisation;
import dev.instar.image.SamplePlan;
import dev.instar.image.Turn;
import dev.instar.loader.Chance.Purpose;

/**
 * What chance makes of a picture: the same for the same seed, epoch, record and repeat, whoever
 * asks.
 *
 * <p>Distributions are torchvision's. Where it draws the order of brightness, contrast, saturation
 * and hue too, theirs is fixed here. Reused from sample to sample; allocates nothing. Not
 * thread-safe: one worker, one draw.
 */
final class SampleDraw {
  /** Attempts at a rectangle that fits before nothing is erased (RandomErasing). */
  private static final int ERASURES = 10;

  // Zhong et al. 2020, section 3.2, and torchvision: area and shape of what is erased.
  private static final double LEAST_ERASED = 0.02;
  private static final double MOST_ERASED = 0.33;
  private static final double LOG_MOST_RATIO = StrictMath.log(3.3);
  private static final double LOG_LEAST_RATIO = StrictMath.log(0.3);

  private final Augmentation augmentation;
  private final long seed;
  private final Window window;
  private final boolean turns;
  private final boolean recolours;
  private final int outside;
  private final Chance chance = new Chance();

  /**
   * Draws for an augmentation.
   *
   * @param normalisation what comes into a rotated sample from outside is its mean: 0 afterwards
   */
  SampleDraw(Augmentation augmentation, Normalisation normalisation, long seed) {
    this.augmentation = augmentation;
    this.seed = seed;
    window = new Window(augmentation);
    turns =
        augmentation.flip() > 0 || augmentation.verticalFlip() > 0 || augmentation.quarterTurns();
    recolours =
        augmentation.brightness() > 0
            || augmentation.contrast() > 0
            || augmentation.saturation() > 0
            || augmentation.hue() > 0;
    double mean = normalisation.mean().stream().mapToDouble(m -> m).average().orElseThrow();
    outside = (int) Math.rint(255 * Math.max(0, Math.min(1, mean)));
  }

  /**
   * Makes the plan of one sample.
   *
   * @param record its number in the source
   * @param repeat 0, or what tells the draws of a record apart that an epoch takes more than once
   * @param width of the stored picture, upright
   * @param height of the stored picture, upright
   * @throws CorruptImageException if no sample can be made of a picture of that size
   */
  void into(SamplePlan plan, int epoch, int record, int repeat, int width, int height)
      throws CorruptImageException {
    begin(epoch, record, repeat, Purpose.CROP);
    switch (augmentation.cropping()) {
      case CENTER -> window.center(width, height);
      case RANDOM -> window.random(width, height, chance);
      case RANDOM_RESIZED -> window.randomResized(width, height, chance);
      case SQUASH -> window.squash(width, height);
    }
    window.into(plan, width, height);
    if (turns) {
      begin(epoch, record, repeat, Purpose.TURN);
      plan.turn(turn());
    }
    if (augmentation.rotate() > 0) {
      begin(epoch, record, repeat, Purpose.ROTATION);
      plan.rotate(chance.uniform(-augmentation.rotate(), augmentation.rotate()), outside);
    }
    if (recolours) {
      begin(epoch, record, repeat, Purpose.COLOUR);
      plan.colour(
          chance.factor(augmentation.brightness()),
          chance.factor(augmentation.contrast()),
          chance.factor(augmentation.saturation()),
          chance.uniform(-augmentation.hue(), augmentation.hue()));
    }
    if (augmentation.erase() > 0) {
      begin(epoch, record, repeat, Purpose.ERASURE);
      erase(plan);
    }
  }

  private void begin(int epoch, int record, int repeat, Purpose purpose) {
    chance.begin(seed, epoch, record, repeat, purpose);
  }

  private Turn turn() {
    boolean mirrored = chance.happens(augmentation.flip());
    boolean upsideDown = chance.happens(augmentation.verticalFlip());
    int quarters = augmentation.quarterTurns() ? chance.below(4) : 0;
    // Top and bottom change places where the mirrored picture is turned by two quarters.
    return Turn.of(mirrored != upsideDown, quarters + (upsideDown ? 2 : 0));
  }

  private void erase(SamplePlan plan) {
    if (!chance.happens(augmentation.erase())) {
      return;
    }
    int side = augmentation.crop();
    for (int attempt = 0; attempt < ERASURES; attempt++) {
      double area = (double) side * side * chance.uniform(LEAST_ERASED, MOST_ERASED);
      double ratio = StrictMath.exp(chance.uniform(LOG_LEAST_RATIO, LOG_MOST_RATIO));
      int height = (int) Math.rint(Math.sqrt(area * ratio));
      int width = (int) Math.rint(Math.sqrt(area / ratio));
      if (width > 0 && width < side && height > 0 && height < side) {
        int top = chance.below(side - height + 1);
        plan.erase(chance.below(side - width + 1), top, width, height);
        return;
      }
    }
  }
}
