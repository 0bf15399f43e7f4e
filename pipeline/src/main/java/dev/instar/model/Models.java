package dev.instar.model;

import dev.instar.image.Normalisation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** All networks by name. Nothing here loads LibTorch before a network is made. */
public final class Models {
  private static final String TORCHVISION = "torchvision's, or timm's of the same name";
  private static final String TIMM = "timm's (AugReg)";

  private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

  private record Kind(
      Architecture architecture, BiFunction<State, NetworkOptions, Body> constructor) {
    Function<State, Body> of(NetworkOptions options) {
      return state -> constructor.apply(state, options);
    }
  }

  static {
    residual("resnet18", 11_689_512);
    residual("resnet34", 21_797_672);
    residual("resnet50", 25_557_032);
    residual("resnet101", 44_549_160);
    residual("resnet152", 60_192_808);
    residual("wide_resnet50_2", 68_883_240);
    residual("wide_resnet101_2", 126_886_696);
    transformer("vit_tiny_patch16_224", 5_717_416, 192, 3);
    transformer("vit_small_patch16_224", 22_050_664, 384, 6);
    transformer("vit_base_patch16_224", 86_567_656, 768, 12);
  }

  private Models() {}

  private static void residual(String name, long parameters) {
    BackboneShape shape = BackboneShape.ALL.get(name);
    add(
        new Architecture(name, parameters, 224, Normalisation.IMAGENET, "fc", TORCHVISION),
        (state, options) -> new ResNet(state, shape, options));
  }

  private static void transformer(String name, long parameters, int width, int heads) {
    add(
        new Architecture(name, parameters, 224, Normalisation.HALF, "head", TIMM),
        (state, options) -> new VisionTransformer(state, width, heads, options));
  }

  private static void add(
      Architecture architecture, BiFunction<State, NetworkOptions, Body> constructor) {
    KINDS.put(architecture.name(), new Kind(architecture, constructor));
  }

  /** The architectures, small ones first, residual networks before transformers. */
  public static List<Architecture> all() {
    return KINDS.values().stream().map(Kind::architecture).toList();
  }

  /**
   * A network with fresh weights, drawn as its original does it (torchvision, timm); or that of a
   * TorchScript file, with the weights that it has.
   *
   * @param name of {@link #all}, or the path of a TorchScript file. Such a file is a program that
   *     LibTorch runs: it is to be trusted like one
   * @param seed of fresh weights
   * @throws IllegalArgumentException if there is none of that name, with those that there are; or
   *     if the file cannot be used, with the reason
   */
  public static Network create(String name, NetworkOptions options, long seed) {
    Kind kind = KINDS.get(name);
    if (kind != null) {
      return LayeredNetwork.create(new State(seed), kind.of(options));
    }
    Path file = Path.of(name);
    if (Files.isRegularFile(file)) {
      return TorchScriptNetwork.load(file, options);
    }
    throw new IllegalArgumentException(
        "no model and no TorchScript file '"
            + name
            + "'; there are "
            + String.join(", ", KINDS.keySet()));
  }

  /** A network whose tensors have names and shapes but no values, to compare files with. */
  static Network outline(Architecture architecture, int classes) {
    Kind kind = KINDS.get(architecture.name());
    return LayeredNetwork.create(State.outline(), kind.of(NetworkOptions.of(classes)));
  }
}
