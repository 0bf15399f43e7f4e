package dev.instar.detect;

import dev.instar.crop.Detector;
import dev.instar.crop.Observation;
import dev.instar.crop.Photograph;
import dev.instar.image.InputException;

/** Finds specimens as what is darker or warmer than the well around them; needs no weights. */
public final class ContrastDetector implements Detector {
  @Override
  public Observation detect(Photograph photograph) throws InputException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
