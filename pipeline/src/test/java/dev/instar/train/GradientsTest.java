package dev.instar.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.instar.torch.Tensors;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes own what is made in them
final class GradientsTest {
  private static Tensor parameter(double... values) {
    return Tensor.create(values, values.length).requires_grad_(true);
  }

  @Test
  void passesAddUpToTheGradientOfTheMeanOfTheirLosses() throws NotFiniteException {
    try (PointerScope scope = new PointerScope()) {
      Tensor x = parameter(1, 2);
      Gradients gradients = new Gradients(List.of(x), 2, 0);
      double loss = gradients.accumulate(x.mul(x).sum());
      assertThat(loss).isEqualTo(5);
      assertThat(gradients.due()).isFalse();
      gradients.accumulate(x.sum());
      assertThat(gradients.due()).isTrue();
      assertThat(Tensors.doubles(x.grad())).containsExactly((2 + 1) / 2.0, (4 + 1) / 2.0);
      assertThat(gradients.clipped()).isCloseTo(Math.hypot(1.5, 2.5), within(1e-14));
      assertThat(gradients.due()).isFalse();
    }
  }

  @Test
  void clippingScalesAllGradientsToTheLimit() throws NotFiniteException {
    try (PointerScope scope = new PointerScope()) {
      Tensor x = parameter(1, 1);
      Tensor y = parameter(1);
      Tensor unused = parameter(1);
      Gradients gradients = new Gradients(List.of(x, y, unused), 1, 0.5);
      gradients.accumulate(x.sum().mul(new Scalar(2.0)).add(y.sum()));
      assertThat(gradients.clipped()).isCloseTo(3, within(1e-14));
      // torch.nn.utils.clip_grad_norm_ adds 1e-6 to the norm.
      double scale = 0.5 / (3 + 1e-6);
      assertThat(Tensors.doubles(x.grad()))
          .containsExactly(new double[] {2 * scale, 2 * scale}, within(1e-15));
      assertThat(Tensors.doubles(y.grad())).containsExactly(new double[] {scale}, within(1e-15));
    }
  }

  @Test
  void gradientsBelowTheLimitStay() throws NotFiniteException {
    try (PointerScope scope = new PointerScope()) {
      Tensor x = parameter(0.25);
      Gradients gradients = new Gradients(List.of(x), 1, 2);
      gradients.accumulate(x.sum());
      assertThat(gradients.clipped()).isEqualTo(1);
      assertThat(Tensors.doubles(x.grad())).containsExactly(1.0);
    }
  }

  @Test
  void aLossThatIsNotFiniteChangesNoGradient() {
    try (PointerScope scope = new PointerScope()) {
      Tensor x = parameter(0);
      Gradients gradients = new Gradients(List.of(x), 1, 0);
      assertThatThrownBy(() -> gradients.accumulate(x.log().sum()))
          .isInstanceOf(NotFiniteException.class)
          .hasMessage("the loss is -Infinity");
      assertThat(x.grad().defined()).isFalse();
    }
  }

  @Test
  void aNormThatIsNotFiniteIsSaid() throws NotFiniteException {
    try (PointerScope scope = new PointerScope()) {
      Tensor x = parameter(0);
      Gradients gradients = new Gradients(List.of(x), 1, 1);
      gradients.accumulate(x.sqrt().sum());
      assertThatThrownBy(gradients::clipped)
          .isInstanceOf(NotFiniteException.class)
          .hasMessageContaining("Infinity");
    }
  }

  @Test
  void withoutAnyGradientTheNormIsNothing() throws NotFiniteException {
    try (PointerScope scope = new PointerScope()) {
      assertThat(new Gradients(List.of(parameter(1)), 1, 1).clipped()).isZero();
    }
  }
}
