package dev.instar.model;

import static org.bytedeco.pytorch.global.torch.adaptive_avg_pool2d;
import static org.bytedeco.pytorch.global.torch.flatten;
import static org.bytedeco.pytorch.global.torch.max_pool2d;
import static org.bytedeco.pytorch.global.torch.relu_;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A residual network (He et al. 2016; wide: Zagoruyko and Komodakis 2016) with torchvision's names.
 * Dropout before the head and stochastic depth are timm's additions.
 */
final class ResNet implements Body {
  private static final int STEM = 64;

  /**
   * What tells residual networks apart.
   *
   * @param blocks in each of the four stages
   * @param bottleneck whether blocks are bottlenecks
   * @param widening of the narrow part of bottlenecks
   */
  record Shape(List<Integer> blocks, boolean bottleneck, int widening) {
    static Shape basic(Integer... blocks) {
      return new Shape(Arrays.asList(blocks), false, 1);
    }

    static Shape bottleneck(int widening, Integer... blocks) {
      return new Shape(Arrays.asList(blocks), true, widening);
    }

    /** Channels of a block's input and of each of its convolutions. */
    private int[] widths(int inputs, int planes) {
      return bottleneck
          ? new int[] {
            inputs, planes * widening, planes * widening, planes * ResidualBlock.EXPANSION
          }
          : new int[] {inputs, planes, planes};
    }
  }

  private final State state;
  private final ConvolutionNorm stem;
  private final List<ResidualBlock> blocks = new ArrayList<>();
  private final List<List<String>> layers = new ArrayList<>();
  private final Dropout dropout;
  private final Linear head;

  ResNet(State state, Shape shape, NetworkOptions options) {
    this.state = state;
    stem =
        new ConvolutionNorm(
            new Convolution(state, "conv1", 3, STEM, 7, 2), new BatchNorm(state, "bn1", STEM));
    layers.add(List.of("conv1.", "bn1."));
    int all = shape.blocks.stream().mapToInt(Integer::intValue).sum();
    int channels = STEM;
    for (int stage = 0; stage < shape.blocks.size(); stage++) {
      for (int i = 0; i < shape.blocks.get(stage); i++) {
        String name = "layer" + (stage + 1) + "." + i;
        int[] widths = shape.widths(channels, STEM << stage);
        int stride = stage > 0 && i == 0 ? 2 : 1;
        double drop = DropPath.at(options.dropPath(), blocks.size(), all);
        blocks.add(new ResidualBlock(state, name, widths, stride, drop));
        layers.add(List.of(name + "."));
        channels = widths[widths.length - 1];
      }
    }
    dropout = new Dropout(state, options.dropout());
    Fresh fresh = Fresh.uniform(channels);
    head = new Linear(state, "fc", channels, options.classes(), fresh, fresh);
    layers.add(List.of("fc."));
  }

  @Override
  public Tensor forward(Tensor images) {
    Tensor x = Scoped.of(this::stem, images);
    for (ResidualBlock block : blocks) {
      // One block's input is not needed once its output is there, but for what autograd keeps.
      try (Tensor input = x) {
        x = block.of(input);
      }
    }
    Tensor pooled = adaptive_avg_pool2d(x, 1, 1);
    state.observe("avgpool", pooled);
    return head.of(dropout.of(flatten(pooled, 1, -1)));
  }

  private Tensor stem(Tensor images) {
    Tensor x = stem.of(images);
    relu_(x);
    Tensor y =
        max_pool2d(
            x, new long[] {3, 3}, new long[] {2, 2}, new long[] {1, 1}, new long[] {1, 1}, false);
    state.observe("maxpool", y);
    return y;
  }

  @Override
  public List<List<String>> layers() {
    return layers;
  }
}
