package dev.instar.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a detector's backbone where that is Hugging Face's own residual network instead of
 * timm's (transformers models/detr/convert_detr_to_pytorch.py).
 */
final class HuggingFaceBackbone {
  private static final Pattern BLOCK =
      Pattern.compile(
          "encoder\\.stages\\.(\\d)\\.layers\\.(\\d+)\\."
              + "(shortcut|layer\\.(\\d))\\.(convolution|normalization)\\.(.+)");

  private static final Pattern STEM =
      Pattern.compile("embedder\\.embedder\\.(convolution|normalization)\\.(.+)");

  private HuggingFaceBackbone() {}

  /** torchvision's name for one of these; any other as it is. */
  static String renamed(String name) {
    if (!name.startsWith(Detr.BACKBONE)) {
      return name;
    }
    String own = name.substring(Detr.BACKBONE.length());
    Matcher stem = STEM.matcher(own);
    if (stem.matches()) {
      return Detr.BACKBONE + (convolves(stem.group(1)) ? "conv1." : "bn1.") + stem.group(2);
    }
    Matcher block = BLOCK.matcher(own);
    if (!block.matches()) {
      return name;
    }
    boolean convolves = convolves(block.group(5));
    String part =
        block.group(3).equals("shortcut")
            ? "downsample." + (convolves ? 0 : 1)
            : (convolves ? "conv" : "bn") + next(block.group(4));
    return Detr.BACKBONE
        + String.join(".", "layer" + next(block.group(1)), block.group(2), part, block.group(6));
  }

  private static boolean convolves(String kind) {
    return kind.equals("convolution");
  }

  /** Counted from 1, where they count from 0. */
  private static int next(String number) {
    return Integer.parseInt(number) + 1;
  }
}
