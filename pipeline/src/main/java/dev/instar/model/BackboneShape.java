package dev.instar.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What tells residual networks apart.
 *
 * @param blocks in each of the four stages
 * @param bottleneck whether blocks are bottlenecks
 * @param widening of the narrow part of bottlenecks
 */
record BackboneShape(List<Integer> blocks, boolean bottleneck, int widening) {
  /** torchvision's, by their names there. */
  static final Map<String, BackboneShape> ALL =
      Map.of(
          "resnet18", basic(2, 2, 2, 2),
          "resnet34", basic(3, 4, 6, 3),
          "resnet50", bottleneck(1, 3, 4, 6, 3),
          "resnet101", bottleneck(1, 3, 4, 23, 3),
          "resnet152", bottleneck(1, 3, 8, 36, 3),
          "wide_resnet50_2", bottleneck(2, 3, 4, 6, 3),
          "wide_resnet101_2", bottleneck(2, 3, 4, 23, 3));

  private static BackboneShape basic(Integer... blocks) {
    return new BackboneShape(Arrays.asList(blocks), false, 1);
  }

  private static BackboneShape bottleneck(int widening, Integer... blocks) {
    return new BackboneShape(Arrays.asList(blocks), true, widening);
  }

  /** Channels of the last stage's output. */
  int channels() {
    int planes = Backbone.STEM << (blocks.size() - 1);
    return bottleneck ? planes * ResidualBlock.EXPANSION : planes;
  }

  /** Channels of a block's input and of each of its convolutions. */
  int[] widths(int inputs, int planes) {
    return bottleneck
        ? new int[] {inputs, planes * widening, planes * widening, planes * ResidualBlock.EXPANSION}
        : new int[] {inputs, planes, planes};
  }
}
