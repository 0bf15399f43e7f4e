package dev.instar.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tells residual networks apart.
 *
 * @param blocks in each of the stages, of which there are four
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

  /** How detectors call a backbone that ends with a stage before the last, behind its name. */
  private static final Pattern CUT = Pattern.compile("(.+)_c([234])");

  /** The stage after which the stem's c1 comes, as papers count them. */
  private static final int STEM_STAGE = 1;

  /**
   * A shape by name. {@code resnet18_c4} is resnet18 without its last stage, whose output is
   * coarser by a factor of 16 than the picture instead of 32; {@code _c3} leaves two stages out.
   */
  static Optional<BackboneShape> named(String name) {
    Matcher cut = CUT.matcher(name);
    if (!cut.matches()) {
      return Optional.ofNullable(ALL.get(name));
    }
    int stages = Integer.parseInt(cut.group(2)) - STEM_STAGE;
    return Optional.ofNullable(ALL.get(cut.group(1)))
        .map(
            whole ->
                new BackboneShape(
                    whole.blocks().subList(0, stages), whole.bottleneck(), whole.widening()));
  }

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
