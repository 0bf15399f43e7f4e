package dev.instar.crop;

import dev.instar.image.InputException;

/**
 * Finds insects in photographs, one at a time. Owns its buffers; not thread-safe: one worker, one
 * detector.
 */
public interface Detector extends AutoCloseable {
  /**
   * Looks at one photograph. The result depends on the photograph alone.
   *
   * @throws InputException if the photograph cannot be decoded
   */
  Observation detect(Photograph photograph) throws InputException;

  /** An upper bound of the memory that {@link #detect} takes, in bytes. */
  default long memoryFor(Photograph photograph) {
    // Detectors look at no less than 240 pixels along the shorter side, with planes in float32.
    return PhotographReader.memoryFor(photograph, 240)
        + 4 * PhotographReader.bytesOf(photograph, 240);
  }

  @Override
  void close();
}
