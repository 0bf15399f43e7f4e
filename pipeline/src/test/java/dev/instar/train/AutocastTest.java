package dev.instar.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.pytorch.global.torch.is_autocast_enabled;

import dev.instar.train.Recipe.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // scopes and guards act by being there
final class AutocastTest {
  private static ScalarType typeOfAProduct() {
    try (PointerScope scope = new PointerScope()) {
      Tensor matrix = torch.ones(4, 4);
      return matrix.matmul(matrix).scalar_type().intern();
    }
  }

  @Test
  void productsAreBfloat16WhileItIsOpenOnly() {
    try (Autocast autocast = new Autocast(DeviceType.CPU, true)) {
      assertThat(typeOfAProduct()).isEqualTo(ScalarType.BFloat16);
    }
    assertThat(typeOfAProduct()).isEqualTo(ScalarType.Float);
  }

  @Test
  void isOffAgainAfterAnException() {
    assertThatThrownBy(
            () -> {
              try (PointerScope scope = new PointerScope();
                  Autocast autocast = new Autocast(DeviceType.CPU, true)) {
                torch.ones(2, 3).matmul(torch.ones(2, 3));
              }
            })
        .isInstanceOf(RuntimeException.class);
    assertThat(is_autocast_enabled(DeviceType.CPU)).isFalse();
    assertThat(typeOfAProduct()).isEqualTo(ScalarType.Float);
  }

  @Test
  void anInnerOneLeavesTheOuterOneOn() {
    try (Autocast outer = new Autocast(DeviceType.CPU, true)) {
      new Autocast(DeviceType.CPU, true).close();
      assertThat(typeOfAProduct()).isEqualTo(ScalarType.BFloat16);
    }
  }

  @Test
  void anInactiveOneChangesNothing() {
    try (Autocast autocast = new Autocast(DeviceType.CPU, false)) {
      assertThat(typeOfAProduct()).isEqualTo(ScalarType.Float);
    }
  }

  /** LibTorch keeps weights in bfloat16 for as long as autocast is open. */
  @Test
  void theNextPassSeesWeightsThatChanged() {
    try (PointerScope scope = new PointerScope()) {
      Tensor weight = torch.ones(4, 4).requires_grad_(true);
      Tensor x = torch.ones(1, 4);
      for (double expected : new double[] {4, 0}) {
        try (Autocast autocast = new Autocast(DeviceType.CPU, true)) {
          assertThat(x.matmul(weight).to(ScalarType.Float).max().item_double()).isEqualTo(expected);
        }
        weight.detach().zero_();
      }
    }
  }

  @Test
  void autoAsksTheProcessorsFlags(@TempDir Path folder) throws IOException {
    Path description = folder.resolve("cpuinfo");
    Files.writeString(description, "model name\t: A\nflags\t\t: fpu avx512f avx512_bf16 sse\n");
    assertThat(Autocast.gainsOnProcessor(description)).isTrue();
    Files.writeString(description, "model name\t: A\nflags\t\t: fpu amx_bf16\n");
    assertThat(Autocast.gainsOnProcessor(description)).isTrue();
    Files.writeString(description, "model name\t: avx512_bf16\nflags\t\t: fpu avx2 avx512f\n");
    assertThat(Autocast.gainsOnProcessor(description)).isFalse();
    assertThat(Autocast.gainsOnProcessor(folder.resolve("absent"))).isFalse();
  }

  @Test
  void theOtherPrecisionsAreTakenAtTheirWord() {
    assertThat(Autocast.wanted(Precision.FLOAT32, DeviceType.CUDA)).isFalse();
    assertThat(Autocast.wanted(Precision.BFLOAT16, DeviceType.CPU)).isTrue();
    assertThat(Autocast.wanted(Precision.AUTO, DeviceType.CUDA)).isTrue();
  }
}
