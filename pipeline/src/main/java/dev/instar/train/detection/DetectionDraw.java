package dev.instar.train.detection;

import dev.instar.crop.BoundingBox;
import dev.instar.image.CorruptImageException;
import dev.instar.image.Fault;
import dev.instar.image.Region;
import dev.instar.image.SamplePlan;
import dev.instar.image.Size;
import dev.instar.image.Turn;
import dev.instar.loader.Chance;
import dev.instar.loader.Chance.Purpose;
import dev.instar.train.detection.SetCriterion.Target;
import java.util.Arrays;
import java.util.List;

/**
 * What chance makes of a photograph and of the boxes in it: the same for the same seed, epoch and
 * record. Not thread-safe: one worker, one draw.
 *
 * <p>As in the original (datasets/transforms.py), boxes are clipped to the part of the photograph
 * that is used, and those without area in it are dropped.
 */
final class DetectionDraw {
  private static final int CORNERS = 4;

  /** Every box is of the one kind of thing that there is: an insect. */
  private static final int INSECT = 0;

  private final DetectionAugmentation augmentation;
  private final long seed;
  private final Chance chance = new Chance();

  DetectionDraw(DetectionAugmentation augmentation, long seed) {
    this.augmentation = augmentation;
    this.seed = seed;
  }

  /**
   * Makes the plan of one sample, and says where its things are then.
   *
   * @param boxes in pixels of the photograph, inside it up to a rounding
   * @param sample the size that the batch has
   * @throws CorruptImageException if the photograph is too long to be resized
   */
  Target into(
      SamplePlan plan, int epoch, int record, Size photograph, List<BoundingBox> boxes, Size sample)
      throws CorruptImageException {
    if (Math.max(photograph.width(), photograph.height()) > SamplePlan.LONGEST_SIDE) {
      throw new CorruptImageException(
          Fault.TOO_MANY_PIXELS,
          "a picture of " + photograph + " pixels; a side has at most " + SamplePlan.LONGEST_SIDE);
    }
    Region part = Region.of(photograph);
    begin(epoch, record, Purpose.CROP);
    if (chance.happens(augmentation.crop())) {
      part = part(photograph, boxes);
    }
    boolean mirrored = false;
    boolean upsideDown = false;
    if (augmentation.turns()) {
      begin(epoch, record, Purpose.TURN);
      mirrored = chance.happens(augmentation.flip());
      upsideDown = chance.happens(augmentation.verticalFlip());
    }
    // Top and bottom change places where the mirrored picture is turned by two quarters.
    plan.reset(photograph.width(), photograph.height())
        .crop(part.x(), part.y(), part.width(), part.height())
        .resize(sample.width(), sample.height())
        .turn(Turn.of(mirrored != upsideDown, upsideDown ? 2 : 0));
    if (augmentation.recolours()) {
      begin(epoch, record, Purpose.COLOUR);
      plan.colour(
          chance.factor(augmentation.brightness()),
          chance.factor(augmentation.contrast()),
          chance.factor(augmentation.saturation()),
          chance.uniform(-augmentation.hue(), augmentation.hue()));
    }
    return target(boxes, part, mirrored, upsideDown);
  }

  private void begin(int epoch, int record, Purpose purpose) {
    chance.begin(seed, epoch, record, purpose);
  }

  private Region part(Size photograph, List<BoundingBox> boxes) {
    double share = chance.uniform(augmentation.area(), 1);
    double most = StrictMath.log(augmentation.stretch());
    double stretch = StrictMath.exp(chance.uniform(-most, most));
    int width = side(photograph.width(), share * stretch);
    int height = side(photograph.height(), share / stretch);
    if (boxes.isEmpty()) {
      return new Region(
          chance.below(photograph.width() - width + 1),
          chance.below(photograph.height() - height + 1),
          width,
          height);
    }
    BoundingBox kept = boxes.get(chance.below(boxes.size()));
    return new Region(
        start(photograph.width(), width, middle(kept.x0(), kept.x1())),
        start(photograph.height(), height, middle(kept.y0(), kept.y1())),
        width,
        height);
  }

  private static int side(int whole, double share) {
    return (int) Math.max(1, Math.min(whole, Math.rint(whole * Math.sqrt(share))));
  }

  private static int middle(float from, float to) {
    return (int) (((double) from + to) / 2);
  }

  /** Where a stretch of a side begins that has the pixel {@code middle} in it: anywhere alike. */
  private int start(int whole, int length, int middle) {
    // A box that was drawn on a smaller picture may reach out by a rounding.
    int inside = Math.min(whole - 1, middle);
    int first = Math.max(0, inside - length + 1);
    int last = Math.min(whole - length, inside);
    return first + chance.below(last - first + 1);
  }

  private static Target target(
      List<BoundingBox> boxes, Region part, boolean mirrored, boolean upsideDown) {
    float[] kept = new float[boxes.size() * CORNERS];
    int things = 0;
    for (BoundingBox box : boxes) {
      double left = inside(box.x0() - (double) part.x(), part.width());
      double right = inside(box.x1() - (double) part.x(), part.width());
      double top = inside(box.y0() - (double) part.y(), part.height());
      double bottom = inside(box.y1() - (double) part.y(), part.height());
      if (right > left && bottom > top) {
        double x = (left + right) / 2;
        double y = (top + bottom) / 2;
        int at = things++ * CORNERS;
        kept[at] = (float) (mirrored ? 1 - x : x);
        kept[at + 1] = (float) (upsideDown ? 1 - y : y);
        kept[at + 2] = (float) (right - left);
        kept[at + 3] = (float) (bottom - top);
      }
    }
    int[] labels = new int[things];
    Arrays.fill(labels, INSECT);
    return new Target(labels, Arrays.copyOf(kept, things * CORNERS));
  }

  /** A coordinate as a fraction of a side, clipped to it. */
  private static double inside(double offset, int side) {
    return Math.max(0, Math.min(1, offset / side));
  }
}
