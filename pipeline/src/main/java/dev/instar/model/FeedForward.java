package dev.instar.model;

import static org.bytedeco.pytorch.global.torch.relu;

import org.bytedeco.pytorch.Tensor;

/** The two linear layers of a DETR layer, with ReLU between them. */
final class FeedForward {
  private final Linear widen;
  private final Linear narrow;
  private final Dropout dropout;

  FeedForward(State state, String name, DetrOptions options) {
    int width = options.width();
    int hidden = options.feedForward();
    Fresh fresh = Fresh.xavierUniform(width, hidden);
    this.widen = new Linear(state, name + ".fc1", width, hidden, fresh, Fresh.uniform(width));
    this.narrow = new Linear(state, name + ".fc2", hidden, width, fresh, Fresh.uniform(hidden));
    this.dropout = new Dropout(state, options.dropout());
  }

  Tensor of(Tensor x) {
    return narrow.of(dropout.of(relu(widen.of(x))));
  }
}
