package dev.instar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.instar.torch.Inference;
import dev.instar.torch.LibTorch;
import dev.instar.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // scopes own what is made on the way
final class NetworkTest {
  private static final NetworkOptions SMALL = new NetworkOptions(5, 0, 0, 32);

  @BeforeAll
  static void load() {
    LibTorch.load(1);
  }

  static List<Architecture> architectures() {
    return Models.all();
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void theTableSaysTheNumberOfParameters(Architecture architecture) {
    try (Network network = Models.outline(architecture, 1000)) {
      assertThat(
              network.state().stream()
                  .filter(NamedTensor::parameter)
                  .mapToLong(entry -> entry.tensor().numel())
                  .sum())
          .isEqualTo(architecture.parameters());
      assertThat(network.state())
          .extracting(NamedTensor::name)
          .contains(architecture.head() + ".weight");
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void everyParameterIsInOneLayerGroup(Architecture architecture) {
    try (Network network = Models.outline(architecture, 10)) {
      for (NamedTensor entry : network.state()) {
        long groups =
            network.layers().stream()
                .filter(group -> group.stream().anyMatch(entry.name()::startsWith))
                .count();
        assertThat(groups).as(entry.name()).isEqualTo(1);
      }
    }
  }

  @Test
  void equalSeedsGiveEqualWeightsAndLeaveLibTorchsGeneratorAlone() {
    try (PointerScope scope = new PointerScope();
        Network one = Models.create("vit_tiny_patch16_224", SMALL, 7);
        Network two = Models.create("vit_tiny_patch16_224", SMALL, 7);
        Network three = Models.create("vit_tiny_patch16_224", SMALL, 8)) {
      assertThat(values(one, "head.weight")).isEqualTo(values(two, "head.weight"));
      assertThat(values(one, "head.weight")).isNotEqualTo(values(three, "head.weight"));

      torch.manual_seed(3);
      double[] expected = Tensors.doubles(torch.rand(4));
      torch.manual_seed(3);
      Models.create("vit_tiny_patch16_224", SMALL, 9).close();
      assertThat(Tensors.doubles(torch.rand(4))).isEqualTo(expected);
    }
  }

  @Test
  void freshResidualNetworksAreDrawnAsTorchvisionDoes() {
    try (Network network = Models.create("resnet18", SMALL, 1)) {
      assertThat(deviation(network, "conv1.weight"))
          .isCloseTo(Math.sqrt(2.0 / (64 * 49)), within(5e-4));
      assertThat(deviation(network, "layer4.1.conv2.weight"))
          .isCloseTo(Math.sqrt(2.0 / (512 * 9)), within(5e-5));
      double bound = 1 / Math.sqrt(512);
      assertThat(deviation(network, "fc.weight")).isCloseTo(bound / Math.sqrt(3), within(2e-3));
      assertThat(Arrays.stream(values(network, "fc.weight")).map(Math::abs).max().orElse(1))
          .isLessThanOrEqualTo(bound);
      assertThat(values(network, "bn1.weight")).containsOnly(1);
      assertThat(values(network, "bn1.running_var")).containsOnly(1);
      assertThat(values(network, "bn1.bias")).containsOnly(0);
    }
  }

  @Test
  void freshTransformersAreDrawnAsTimmDoes() {
    try (Network network = Models.create("vit_tiny_patch16_224", SMALL, 1)) {
      assertThat(deviation(network, "blocks.3.mlp.fc1.weight")).isCloseTo(0.02, within(2e-4));
      assertThat(deviation(network, "cls_token")).isCloseTo(1e-6, within(3e-7));
      assertThat(deviation(network, "patch_embed.proj.weight"))
          .isCloseTo(1 / Math.sqrt(3 * 768), within(2e-4));
      assertThat(values(network, "blocks.3.mlp.fc1.bias")).containsOnly(0);
      assertThat(values(network, "norm.weight")).containsOnly(1);
    }
  }

  @Test
  void onlyTrainingChangesRunningStatistics() {
    try (PointerScope scope = new PointerScope();
        Network network = Models.create("resnet18", SMALL, 1)) {
      Tensor images = torch.rand(2, 3, 64, 64);
      network.forward(images);
      assertThat(values(network, "bn1.running_mean")).containsOnly(0);
      assertThat(values(network, "bn1.num_batches_tracked")).containsExactly(0);

      network.training(true);
      network.forward(images);
      network.forward(images);
      assertThat(values(network, "bn1.running_mean")).doesNotContain(0);
      assertThat(values(network, "layer4.1.bn2.num_batches_tracked")).containsExactly(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "vit_tiny_patch16_224"})
  void everyParameterGetsAGradient(String name) {
    try (PointerScope scope = new PointerScope();
        Network network = Models.create(name, SMALL, 1)) {
      network.training(true);
      network.forward(torch.rand(2, 3, 32, 32)).square().sum().backward();
      for (NamedTensor entry : network.state()) {
        assertThat(entry.tensor().grad().defined()).as(entry.name()).isEqualTo(entry.parameter());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "vit_tiny_patch16_224"})
  void thingsAreDroppedInTrainingOnly(String name) {
    for (NetworkOptions options :
        List.of(new NetworkOptions(5, 0.5, 0, 32), new NetworkOptions(5, 0, 0.5, 32))) {
      try (PointerScope scope = new PointerScope();
          Network network = Models.create(name, options, 1)) {
        Tensor images = torch.rand(4, 3, 32, 32);
        assertThat(scores(network, images)).isEqualTo(scores(network, images));

        network.training(true);
        torch.manual_seed(1);
        double[] first = scores(network, images);
        assertThat(scores(network, images)).as(options.toString()).isNotEqualTo(first);
        torch.manual_seed(1);
        // Batch normalisation in training looks at the batch alone, so only chance could differ.
        assertThat(scores(network, images)).isEqualTo(first);
      }
    }
  }

  @Test
  void stochasticDepthDropsWholeSamplesAndKeepsTheMean() {
    try (PointerScope scope = new PointerScope();
        State state = new State(1)) {
      DropPath dropPath = new DropPath(state, 0.25);
      Tensor ones = torch.ones(4000, 2, 3);
      assertThat(dropPath.of(ones)).isSameAs(ones);

      state.training(true);
      torch.manual_seed(1);
      double[] dropped = Tensors.doubles(dropPath.of(ones));
      for (int i = 0; i < dropped.length; i++) {
        assertThat(dropped[i]).isEqualTo(dropped[i / 6 * 6]).isIn(0.0, (double) (float) (4 / 3.0));
      }
      assertThat(Arrays.stream(dropped).average().orElse(0)).isCloseTo(1, within(0.05));
      assertThat(DropPath.at(0.2, 0, 12)).isZero();
      assertThat(DropPath.at(0.2, 11, 12)).isEqualTo(0.2);
    }
  }

  @Test
  void movingChangesTypesAndLayoutsButNotTheTensorsThemselves() {
    try (PointerScope scope = new PointerScope();
        Network network = Models.create("resnet18", SMALL, 1)) {
      Tensor weight = tensor(network, "conv1.weight");
      double[] before = Tensors.doubles(weight);

      network.to(new Device(DeviceType.CPU), ScalarType.Double);
      network.channelsLast(true);
      assertThat(tensor(network, "conv1.weight")).isSameAs(weight);
      assertThat(weight.scalar_type().intern()).isEqualTo(ScalarType.Double);
      assertThat(weight.is_contiguous(MemoryFormat.ChannelsLast)).isTrue();
      assertThat(weight.requires_grad()).isTrue();
      assertThat(tensor(network, "bn1.num_batches_tracked").scalar_type().intern())
          .isEqualTo(ScalarType.Long);

      network.channelsLast(false);
      assertThat(weight.is_contiguous()).isTrue();
      assertThat(Tensors.doubles(weight)).isEqualTo(before);
    }
  }

  @Test
  void picturesOfAnotherShapeAreRefusedWithASentence() {
    try (PointerScope scope = new PointerScope();
        Network transformer = Models.create("vit_tiny_patch16_224", SMALL, 1)) {
      assertThatThrownBy(() -> transformer.forward(torch.rand(1, 3, 48, 32)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("32 x 32 pixels, not 32 x 48");
      assertThatThrownBy(() -> transformer.forward(torch.rand(1, 1, 32, 32)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("[1, 1, 32, 32]");
      assertThatThrownBy(
              () -> Models.create("vit_tiny_patch16_224", new NetworkOptions(5, 0, 0, 100), 1))
          .hasMessageContaining("multiple of 16");
      assertThatThrownBy(() -> Models.create("resnet19", SMALL, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("resnet19")
          .hasMessageContaining("resnet18");
    }
  }

  @Test
  void evaluationAndTrainingStepsLeaveNothingBehind() {
    try (Network network = Models.create("resnet18", SMALL, 1)) {
      steps(network, 5);
      long before = Pointer.physicalBytes();
      steps(network, 25);
      // One step's activations and gradients take 90 MB.
      assertThat(Pointer.physicalBytes() - before).isLessThan(200L << 20);
    }
  }

  private static void steps(Network network, int count) {
    for (int i = 0; i < count; i++) {
      try (PointerScope scope = new PointerScope()) {
        Tensor images = torch.rand(4, 3, 64, 64);
        network.training(false);
        Inference.run(() -> network.forward(images));
        network.training(true);
        network.forward(images).sum().backward();
        network.state().forEach(entry -> entry.tensor().mutable_grad().reset());
      }
    }
  }

  @Test
  void theResultNeedsNoScopeButItsOwnersClose() {
    try (Network network = Models.create("vit_tiny_patch16_224", SMALL, 1);
        Tensor images = torch.rand(1, 3, 32, 32);
        Tensor scores = Inference.of(() -> network.forward(images))) {
      assertThat(Tensors.shape(scores)).containsExactly(1, 5);
      assertThat(scores.use_count()).isEqualTo(1);
    }
  }

  private static double[] scores(Network network, Tensor images) {
    return Tensors.doubles(Inference.of(() -> network.forward(images)));
  }

  private static Tensor tensor(Network network, String name) {
    return network.state().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow()
        .tensor();
  }

  private static double[] values(Network network, String name) {
    return Tensors.doubles(tensor(network, name));
  }

  private static double deviation(Network network, String name) {
    double[] values = values(network, name);
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / values.length);
  }
}
