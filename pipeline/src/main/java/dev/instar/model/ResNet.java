package dev.instar.model;

import static org.bytedeco.pytorch.global.torch.adaptive_avg_pool2d;
import static org.bytedeco.pytorch.global.torch.flatten;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A residual network with a head, with torchvision's names. Dropout before the head and stochastic
 * depth are timm's additions.
 */
final class ResNet implements Body {
  private final State state;
  private final Backbone backbone;
  private final Dropout dropout;
  private final Linear head;

  ResNet(State state, BackboneShape shape, NetworkOptions options) {
    this.state = state;
    backbone = new Backbone(state, "", shape, BatchNorm.Kind.TRAINED, options.dropPath());
    dropout = new Dropout(state, options.dropout());
    Fresh fresh = Fresh.uniform(shape.channels());
    head = new Linear(state, "fc", shape.channels(), options.classes(), fresh, fresh);
  }

  @Override
  public Tensor forward(Tensor images) {
    Tensor pooled = adaptive_avg_pool2d(backbone.of(images), 1, 1);
    state.observe("avgpool", pooled);
    return head.of(dropout.of(flatten(pooled, 1, -1)));
  }

  @Override
  public List<List<String>> layers() {
    List<List<String>> layers = new ArrayList<>(backbone.layers());
    layers.add(List.of("fc."));
    return layers;
  }
}
