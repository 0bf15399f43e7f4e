package dev.instar.convert;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.BoxFile;
import dev.instar.crop.CropRule;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.Region;
import dev.instar.image.Size;
import java.util.Optional;

/**
 * Crops around the boxes of a file.
 *
 * @param boxes one box a photograph
 * @param rule how far the crop reaches beyond the box
 * @param wholeWithoutBox whether a photograph without a box is kept whole; else it is refused
 */
public record BoxCropping(BoxFile boxes, CropRule rule, boolean wholeWithoutBox)
    implements Cropping {
  @Override
  public Region of(String name, Size photograph) throws InputException {
    Optional<BoundingBox> box = boxes.boxOf(name, photograph);
    if (box.isPresent()) {
      return rule.cropOf(box.get(), photograph);
    }
    if (wholeWithoutBox) {
      return Region.of(photograph);
    }
    throw new InputException(
        Fault.NO_BOX, "the box file has no box for it (--without-box whole keeps it uncropped)");
  }
}
