package dev.instar.model;

import static org.bytedeco.pytorch.global.torch.relu;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** What DETR makes of its decoder's answers: a linear layer for classes, three for boxes. */
final class DetrHeads {
  static final String CLASSES = "class_labels_classifier";
  static final String BOXES = "bbox_predictor";

  private final Linear classes;
  private final List<Linear> boxes = new ArrayList<>();

  DetrHeads(State state, DetrOptions options) {
    int width = options.width();
    Fresh fresh = Fresh.uniform(width);
    classes = new Linear(state, CLASSES, width, options.labels() + 1, fresh, fresh);
    for (int i = 0; i < 3; i++) {
      int outputs = i < 2 ? width : 4;
      boxes.add(new Linear(state, BOXES + ".layers." + i, width, outputs, fresh, fresh));
    }
  }

  /** {@code [..., width]} to {@code [..., labels + 1]}. */
  Tensor logits(Tensor answers) {
    return classes.of(answers);
  }

  /** {@code [..., width]} to {@code [..., 4]}, all between 0 and 1. */
  Tensor boxes(Tensor answers) {
    return boxes.get(2).of(relu(boxes.get(1).of(relu(boxes.get(0).of(answers))))).sigmoid();
  }
}
