package dev.instar.model;

import static org.bytedeco.pytorch.global.torch.max_pool2d;
import static org.bytedeco.pytorch.global.torch.relu_;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A residual network (He et al. 2016; wide: Zagoruyko and Komodakis 2016) up to its last stage,
 * with torchvision's names behind a prefix.
 */
final class Backbone {
  static final int STEM = 64;

  private final State state;
  private final String prefix;
  private final ConvolutionNorm stem;
  private final List<ResidualBlock> blocks = new ArrayList<>();
  private final List<List<String>> layers = new ArrayList<>();

  /**
   * A backbone.
   *
   * @param prefix of all names
   * @param dropPath the greatest probability of stochastic depth
   */
  Backbone(State state, String prefix, BackboneShape shape, BatchNorm.Kind norm, double dropPath) {
    this.state = state;
    this.prefix = prefix;
    stem =
        new ConvolutionNorm(
            new Convolution(state, prefix + "conv1", 3, STEM, 7, 2),
            new BatchNorm(state, prefix + "bn1", STEM, norm));
    layers.add(List.of(prefix + "conv1.", prefix + "bn1."));
    int all = shape.blocks().stream().mapToInt(Integer::intValue).sum();
    int width = STEM;
    for (int stage = 0; stage < shape.blocks().size(); stage++) {
      for (int i = 0; i < shape.blocks().get(stage); i++) {
        String name = prefix + "layer" + (stage + 1) + "." + i;
        int[] widths = shape.widths(width, STEM << stage);
        int stride = stage > 0 && i == 0 ? 2 : 1;
        double drop = DropPath.at(dropPath, blocks.size(), all);
        blocks.add(new ResidualBlock(state, name, widths, stride, norm, drop));
        layers.add(List.of(name + "."));
        width = widths[widths.length - 1];
      }
    }
  }

  /** {@code [samples, 3, height, width]} to {@code [samples, channels, height/32, width/32]}. */
  Tensor of(Tensor images) {
    Tensor x = Scoped.of(this::stem, images);
    for (ResidualBlock block : blocks) {
      // One block's input is not needed once its output is there, but for what autograd keeps.
      try (Tensor input = x) {
        x = block.of(input);
      }
    }
    return x;
  }

  private Tensor stem(Tensor images) {
    Tensor x = stem.of(images);
    relu_(x);
    Tensor y =
        max_pool2d(
            x, new long[] {3, 3}, new long[] {2, 2}, new long[] {1, 1}, new long[] {1, 1}, false);
    state.observe(prefix + "maxpool", y);
    return y;
  }

  /** See {@link Trainable#layers}: the stem, then each block. */
  List<List<String>> layers() {
    return layers;
  }
}
