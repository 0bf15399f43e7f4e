package dev.instar.model;

import static org.bytedeco.pytorch.global.torch.relu_;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A block of a residual network: two convolutions of 3x3, or a bottleneck of 1x1, 3x3 and 1x1 with
 * the stride in the middle, as in torchvision.
 */
final class ResidualBlock {
  /** Outputs of a bottleneck over its narrow part. */
  static final int EXPANSION = 4;

  private final State state;
  private final String name;
  private final BatchNorm.Kind norm;
  private final List<ConvolutionNorm> path = new ArrayList<>();
  private final List<ConvolutionNorm> shortcut;
  private final DropPath dropPath;

  /**
   * A block.
   *
   * @param widths its channels: of its input, then of each convolution's output
   * @param stride of its first 3x3 convolution
   */
  ResidualBlock(
      State state, String name, int[] widths, int stride, BatchNorm.Kind norm, double dropPath) {
    this.state = state;
    this.name = name;
    this.norm = norm;
    this.dropPath = new DropPath(state, dropPath);
    int convolutions = widths.length - 1;
    for (int i = 1; i <= convolutions; i++) {
      boolean wide = convolutions == 2 || i == 2;
      boolean strided = i == (convolutions == 2 ? 1 : 2);
      path.add(
          join("conv" + i, "bn" + i, widths[i - 1], widths[i], wide ? 3 : 1, strided ? stride : 1));
    }
    int outputs = widths[convolutions];
    boolean same = stride == 1 && widths[0] == outputs;
    shortcut =
        same
            ? List.of()
            : List.of(join("downsample.0", "downsample.1", widths[0], outputs, 1, stride));
  }

  private ConvolutionNorm join(
      String convolution, String normalisation, int inputs, int outputs, int kernel, int stride) {
    String prefix = name + ".";
    return new ConvolutionNorm(
        new Convolution(state, prefix + convolution, inputs, outputs, kernel, stride),
        new BatchNorm(state, prefix + normalisation, outputs, norm));
  }

  Tensor of(Tensor x) {
    return Scoped.of(this::forward, x);
  }

  private Tensor forward(Tensor x) {
    Tensor y = path.get(0).of(x);
    for (ConvolutionNorm next : path.subList(1, path.size())) {
      relu_(y);
      y = next.of(y);
    }
    y = dropPath.of(y);
    y.add_(shortcut.isEmpty() ? x : shortcut.get(0).of(x));
    relu_(y);
    state.observe(name, y);
    return y;
  }
}
