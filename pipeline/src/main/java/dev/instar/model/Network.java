package dev.instar.model;

import org.bytedeco.pytorch.Tensor;

/** A network that classifies pictures. Owns its tensors; closing it frees them. Not thread-safe. */
public interface Network extends Trainable {
  /**
   * Scores of every class, before softmax.
   *
   * @param images {@code [samples, 3, height, width]}, of the network's type and device, any memory
   *     format
   * @return {@code [samples, classes]}
   */
  Tensor forward(Tensor images);
}
