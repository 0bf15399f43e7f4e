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

  @Override
  void close();
}
