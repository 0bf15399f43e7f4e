package dev.instar.crop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.Region;
import dev.instar.image.Size;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

final class CropRulePropertiesTest {
  private static final Size PHOTOGRAPH = new Size(3000, 3000);

  @Provide
  Arbitrary<BoundingBox> boxes() {
    Arbitrary<Float> corners = Arbitraries.floats().between(-1000, 2500);
    Arbitrary<Float> sides = Arbitraries.floats().between(2, 1500);
    return Combinators.combine(corners, corners, sides, sides)
        .as((x, y, width, height) -> new BoundingBox(x, y, x + width, y + height))
        .filter(box -> box.x1() > 1 && box.y1() > 1);
  }

  @Property
  void aCropContainsItsRoundedBoxWhenTheRatioIsAtLeastOne(
      @ForAll("boxes") BoundingBox box,
      @ForAll @DoubleRange(min = 1, max = 3) double ratio,
      @ForAll boolean equalExtend)
      throws InputException {
    Region crop = new CropRule(ratio, equalExtend).cropOf(box, PHOTOGRAPH);
    BoundingBox whole = box.rounded();
    assertThat(crop.x()).isLessThanOrEqualTo((int) whole.x0());
    assertThat(crop.y()).isLessThanOrEqualTo((int) whole.y0());
    assertThat(crop.right()).isGreaterThanOrEqualTo((int) whole.x1());
    assertThat(crop.bottom()).isGreaterThanOrEqualTo((int) whole.y1());
  }

  @Property
  void theSizeFollowsTheRatioUpToTheTruncationOfTwoCorners(
      @ForAll("boxes") BoundingBox box, @ForAll @DoubleRange(min = 1, max = 3) double ratio)
      throws InputException {
    BoundingBox whole = box.rounded();
    Region unequal = new CropRule(ratio, false).cropOf(box, PHOTOGRAPH);
    assertThat(Math.abs(unequal.width() - ratio * whole.width())).isLessThan(2);
    assertThat(Math.abs(unequal.height() - ratio * whole.height())).isLessThan(2);
    double longer = Math.max(whole.width(), whole.height());
    Region equal = new CropRule(ratio, true).cropOf(box, PHOTOGRAPH);
    assertThat(Math.abs(equal.width() - (whole.width() + (ratio - 1) * longer))).isLessThan(2);
    assertThat(Math.abs(equal.height() - (whole.height() + (ratio - 1) * longer))).isLessThan(2);
  }

  @Property
  void aShiftByEvenPixelsShiftsTheCropWhereNoCornerChangesItsSign(
      @ForAll @IntRange(min = 500, max = 900) int x,
      @ForAll @IntRange(min = 500, max = 900) int y,
      @ForAll @IntRange(min = 1, max = 400) int width,
      @ForAll @IntRange(min = 1, max = 400) int height,
      @ForAll @IntRange(min = 0, max = 100) int half)
      throws InputException {
    Region here =
        CropRule.REFERENCE.cropOf(new BoundingBox(x, y, x + width, y + height), PHOTOGRAPH);
    int by = 2 * half;
    BoundingBox moved = new BoundingBox(x + by, y + by, x + by + width, y + by + height);
    Region there = CropRule.REFERENCE.cropOf(moved, PHOTOGRAPH);
    assertThat(there.x() - by).isBetween(here.x() - 1, here.x() + 1);
    assertThat(there.y() - by).isBetween(here.y() - 1, here.y() + 1);
    assertThat(Math.abs(there.width() - here.width())).isLessThanOrEqualTo(1);
    assertThat(Math.abs(there.height() - here.height())).isLessThanOrEqualTo(1);
  }

  @Property
  void aRatioOfOneKeepsTheRoundedBox(@ForAll("boxes") BoundingBox box, @ForAll boolean equalExtend)
      throws InputException {
    BoundingBox whole = box.rounded();
    assertThat(new CropRule(1, equalExtend).cropOf(box, PHOTOGRAPH))
        .isEqualTo(
            new Region(
                (int) whole.x0(), (int) whole.y0(), (int) whole.width(), (int) whole.height()));
  }

  @Property
  void exchangingTheAxesExchangesTheCropsAxes(
      @ForAll("boxes") BoundingBox box, @ForAll boolean equalExtend) throws InputException {
    CropRule rule = new CropRule(1.4, equalExtend);
    Region crop = rule.cropOf(box, PHOTOGRAPH);
    BoundingBox transposed = new BoundingBox(box.y0(), box.x0(), box.y1(), box.x1());
    assertThat(rule.cropOf(transposed, PHOTOGRAPH))
        .isEqualTo(new Region(crop.y(), crop.x(), crop.height(), crop.width()));
  }

  @Property
  void anyBoxGivesACropThatMeetsThePhotographOrAReason(
      @ForAll float x,
      @ForAll float y,
      @ForAll @DoubleRange(min = 0, max = 1e9) double width,
      @ForAll @DoubleRange(min = 0, max = 1e9) double height,
      @ForAll @DoubleRange(min = 0.01, max = 100) double ratio,
      @ForAll boolean equalExtend) {
    float right = (float) (x + width);
    float bottom = (float) (y + height);
    if (!Float.isFinite(right) || !Float.isFinite(bottom)) {
      return;
    }
    CropRule rule = new CropRule(ratio, equalExtend);
    BoundingBox box = new BoundingBox(x, y, right, bottom);
    try {
      Region crop = rule.cropOf(box, PHOTOGRAPH);
      assertThat(crop.intersect(Region.of(PHOTOGRAPH)).isEmpty()).isFalse();
      assertThat(crop.right()).isGreaterThan(crop.x());
    } catch (InputException e) {
      assertThat(e.fault()).isIn(Fault.EMPTY_BOX, Fault.BOX_OUTSIDE);
    }
  }

  @Property
  void aBoxWithoutAreaIsEmptyWithoutMargin(
      @ForAll @IntRange(min = 0, max = 2000) int x, @ForAll @IntRange(min = 0, max = 2000) int y) {
    assertThatThrownBy(
            () -> new CropRule(1.4, false).cropOf(new BoundingBox(x, y, x, y + 10), PHOTOGRAPH))
        .isInstanceOfSatisfying(
            InputException.class, e -> assertThat(e.fault()).isEqualTo(Fault.EMPTY_BOX));
  }
}
