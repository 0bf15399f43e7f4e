package dev.instar.train.detection;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.BoxRecord;
import dev.instar.crop.Detection;
import dev.instar.image.Size;
import java.util.List;

/**
 * A photograph to learn from.
 *
 * @param record its number in its source
 * @param photograph its size, upright; where the box file states another size of the same shape,
 *     that one
 * @param truth the things in it, in pixels of {@code photograph}: inside it, none without area
 */
record DetectionSample(int record, Size photograph, BoxRecord truth) {
  /** The boxes of the things, in pixels of {@link #photograph}. */
  List<BoundingBox> boxes() {
    return truth.detections().stream().map(Detection::box).toList();
  }
}
