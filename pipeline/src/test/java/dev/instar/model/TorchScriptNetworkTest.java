package dev.instar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.instar.testing.PythonTorch;
import dev.instar.torch.Inference;
import dev.instar.torch.LibTorch;
import dev.instar.torch.Tensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that Debian's PyTorch saved. */
@SuppressWarnings("try") // scopes own what is made on the way
final class TorchScriptNetworkTest {
  private static final String SAVE =
      """
      import sys, torch
      class Net(torch.nn.Module):
          def __init__(self):
              super().__init__()
              self.stem = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3, stride=2), torch.nn.BatchNorm2d(4))
              self.fc = torch.nn.Linear(4, 6)
          def forward(self, x):
              return self.fc(torch.relu(self.stem(x)).mean([2, 3]))
      torch.manual_seed(1)
      net = Net()
      torch.jit.save(torch.jit.script(net), sys.argv[1])
      torch.save(net.state_dict(), sys.argv[2])
      print(*net.state_dict().keys())
      print(*net.eval()(torch.full((1, 3, 32, 32), 0.5))[0].tolist())
      """;

  private static final NetworkOptions OPTIONS = new NetworkOptions(6, 0, 0, 32);

  @TempDir private static Path folder;
  private static Path file;
  private static Path weights;
  private static String[] printed;

  @BeforeAll
  static void save() throws Exception {
    LibTorch.load(1);
    file = folder.resolve("net.pt");
    weights = folder.resolve("weights.pth");
    // PyTorch compiles from source, which it looks for in a file.
    Files.writeString(folder.resolve("net.py"), SAVE);
    String load = "import sys; sys.path.insert(0, sys.argv[3]); import net";
    printed = PythonTorch.run(load, file, weights, folder).strip().split("\n");
  }

  @Test
  void itScoresAsItDidInPython() {
    try (PointerScope scope = new PointerScope();
        Network network = Models.create(file.toString(), OPTIONS, 1)) {
      Tensor picture = torch.rand(1, 3, 32, 32).zero_().add_(new Scalar(0.5));
      double[] scores = Tensors.doubles(Inference.of(() -> network.forward(picture)));
      String[] expected = printed[1].split(" ");
      assertThat(expected).hasSize(6);
      for (int i = 0; i < 6; i++) {
        assertThat(scores[i]).isCloseTo(Double.parseDouble(expected[i]), within(1e-5));
      }

      network.to(new Device(DeviceType.CPU), ScalarType.Double);
      double[] again =
          Tensors.doubles(Inference.of(() -> network.forward(picture.to(ScalarType.Double))));
      assertThat(again[0]).isCloseTo(scores[0], within(1e-5));
    }
  }

  @Test
  void itsStateHasTheNamesAndOrderOfTheOriginal() {
    try (Network network = Models.create(file.toString(), OPTIONS, 1)) {
      assertThat(network.state())
          .extracting(NamedTensor::name)
          .containsExactly(printed[0].split(" "));
      assertThat(network.state().get(0).parameter()).isTrue();
      assertThat(network.state().get(4).parameter()).isFalse();
    }
  }

  @Test
  void itTrainsLikeAnyOther() {
    try (PointerScope scope = new PointerScope();
        Network network = Models.create(file.toString(), OPTIONS, 1)) {
      Tensor tracked = network.state().get(6).tensor();
      network.forward(torch.rand(2, 3, 32, 32));
      assertThat(tracked.item_long()).isZero();

      network.training(true);
      network.channelsLast(true);
      network.forward(torch.rand(2, 3, 32, 32)).sum().backward();

      assertThat(tracked.item_long()).isEqualTo(1);
      assertThat(network.state())
          .allSatisfy(
              entry ->
                  assertThat(entry.tensor().grad().defined())
                      .as(entry.name())
                      .isEqualTo(entry.parameter()));
    }
  }

  @Test
  void aHeadOfOtherClassesIsRefused() {
    assertThatThrownBy(() -> Models.create(file.toString(), new NetworkOptions(7, 0, 0, 32), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("net.pt")
        .hasMessageContaining("7 scores are needed");
  }

  @Test
  void weightsAloneAreNoNetwork() {
    assertThatThrownBy(() -> Models.create(weights.toString(), OPTIONS, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weights.pth holds no program");
  }

  @Test
  void damagedFilesAreOneSentenceAndTheJvmSurvives() throws Exception {
    byte[] sound = Files.readAllBytes(file);
    Path damaged = folder.resolve("damaged.pt");
    SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int i = 0; i < 200; i++) {
      byte[] bytes = sound.clone();
      if (i % 4 == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      } else {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(damaged, bytes);
      try {
        Models.create(damaged.toString(), OPTIONS, 1).close();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("damaged.pt").message().doesNotContain("\n");
        refused++;
      }
    }
    // Padding between entries may change without harm.
    assertThat(refused).isGreaterThan(100);
  }
}
