package dev.instar.convert;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.BoxFile;
import dev.instar.crop.CropRule;
import dev.instar.crop.Detector;
import dev.instar.crop.Quality;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.Region;
import dev.instar.image.Size;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which photographs are kept, and which part of each. Immutable; any thread may use it.
 *
 * @param sights opens a worker's view of what is known of each photograph
 * @param absence why a photograph has no box, for the quarantine file
 * @param rule how far the crop reaches beyond the box; without it photographs are kept whole
 * @param wholeWithoutBox whether a photograph without a box is kept whole; else it is refused
 * @param skipped photographs of these qualities are not kept
 */
public record Cropping(
    Supplier<? extends Sight> sights,
    String absence,
    Optional<CropRule> rule,
    boolean wholeWithoutBox,
    Set<Quality> skipped) {
  /** Every photograph, whole. */
  public static final Cropping WHOLE =
      new Cropping(() -> Sight.NONE, "", Optional.empty(), true, Set.of());

  private static final String NOTHING_FOUND = "no insect was found in it";

  public Cropping {
    skipped = Set.copyOf(skipped);
  }

  /** Crops around the boxes of a file. */
  public static Cropping of(BoxFile boxes, CropRule rule, boolean wholeWithoutBox) {
    return new Cropping(
        () -> new FiledSight(boxes),
        "the box file has no box for it",
        Optional.of(rule),
        wholeWithoutBox,
        Set.of());
  }

  /** Crops around the boxes of a file that a detector made of all these photographs. */
  public static Cropping ofFound(BoxFile boxes, CropRule rule, boolean wholeWithoutBox) {
    return new Cropping(
        () -> new FiledSight(boxes), NOTHING_FOUND, Optional.of(rule), wholeWithoutBox, Set.of());
  }

  /**
   * Crops around what detectors find.
   *
   * @param detectors makes one for each worker
   * @param minScore boxes of lower scores do not count
   */
  public static Cropping of(
      Supplier<? extends Detector> detectors,
      double minScore,
      CropRule rule,
      boolean wholeWithoutBox) {
    return new Cropping(
        () -> new DetectorSight(detectors.get(), minScore),
        NOTHING_FOUND,
        Optional.of(rule),
        wholeWithoutBox,
        Set.of());
  }

  /** Keeps photographs whole, but has each looked at. */
  public static Cropping judgedBy(Supplier<? extends Detector> detectors) {
    return new Cropping(
        () -> new DetectorSight(detectors.get(), 0), "", Optional.empty(), true, Set.of());
  }

  /** The same without photographs of these qualities. */
  public Cropping skipping(Set<Quality> qualities) {
    return new Cropping(sights, absence, rule, wholeWithoutBox, qualities);
  }

  /** The quality for which a photograph is left out, if it is. */
  Optional<Quality> skips(Sighting sighting) {
    return sighting.verdict().filter(skipped::contains);
  }

  /**
   * The part of a photograph to keep, not empty; it may reach outside, where it is padded.
   *
   * @param photograph its size, upright
   * @throws InputException if there is no usable box for it
   */
  Region partOf(Sighting sighting, Size photograph) throws InputException {
    Optional<BoundingBox> box = sighting.box();
    if (rule.isPresent() && box.isPresent()) {
      return rule.get().cropOf(box.get(), photograph);
    }
    if (rule.isEmpty() || wholeWithoutBox) {
      return Region.of(photograph);
    }
    throw new InputException(Fault.NO_BOX, absence + " (--without-box whole keeps it uncropped)");
  }
}
