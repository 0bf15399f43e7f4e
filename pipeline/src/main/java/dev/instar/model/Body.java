package dev.instar.model;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** What a network does with pictures; its tensors are its {@link State}'s. */
interface Body {
  /** Scores of pictures; called in a scope that owns what is made on the way. */
  Tensor forward(Tensor images);

  /** See {@link Network#layers}. */
  List<List<String>> layers();
}
