package dev.instar.convert;

import dev.instar.crop.BoxFile;
import dev.instar.crop.BoxRecord;
import dev.instar.crop.Photograph;
import dev.instar.image.InputException;

/**
 * Knows what a box file says.
 *
 * @param boxes one box a photograph
 */
record FiledSight(BoxFile boxes) implements Sight {
  @Override
  public Sighting of(String name, Photograph photograph) throws InputException {
    return new Sighting(
        boxes.boxOf(name, photograph.size()), boxes.recordOf(name).flatMap(BoxRecord::verdict));
  }
}
