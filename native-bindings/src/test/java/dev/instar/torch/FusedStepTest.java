package dev.instar.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pass over all parameters against the tensor operations that it replaces. */
@SuppressWarnings("try") // scopes own what is made in them
final class FusedStepTest {
  private static final double RATE = 0.0123;
  private static final double DECAY = 0.01;

  /** Whole vectors, their ends, nothing, and enough for three threads. */
  private static final int[] SIZES = {16, 1, 7, 9, 0, 1_000_003, 31};

  @BeforeAll
  static void load() {
    LibTorch.load(2);
    try (PointerScope scope = new PointerScope()) {
      assumeTrue(FusedStep.takes(tensor(1, 8)), "no native core, or no AVX2 and FMA here");
    }
  }

  @ParameterizedTest
  @CsvSource({"0.9, true, 1e-4", "0.9, false, 0", "0.9, true, 0", "0, false, 0.01"})
  void sgdIsBitEqualToTensorOperations(double momentum, boolean nesterov, double decay) {
    try (PointerScope scope = new PointerScope();
        FusedStep step = new FusedStep(SIZES.length)) {
      Tensor[] fused = many(1);
      Tensor[] fusedMomenta = many(2);
      Tensor[] plain = many(1);
      Tensor[] plainMomenta = many(2);
      for (int i = 0; i < SIZES.length; i++) {
        Tensor gradient = tensor(3 + i, SIZES[i]);
        step.addSgd(fused[i], gradient, fusedMomenta[i], RATE, decay);
        Tensor decayed = decay == 0 ? gradient : gradient.add(plain[i], new Scalar(decay));
        plainMomenta[i].mul_(new Scalar(momentum)).add_(decayed);
        Tensor direction =
            nesterov ? decayed.add(plainMomenta[i], new Scalar(momentum)) : plainMomenta[i];
        plain[i].add_(direction, new Scalar(-RATE));
      }
      step.sgd(momentum, nesterov);
      for (int i = 0; i < SIZES.length; i++) {
        assertThat(torch.equal(fused[i], plain[i])).as("values %d", i).isTrue();
        assertThat(torch.equal(fusedMomenta[i], plainMomenta[i])).as("momenta %d", i).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"0.9, 0.999", "0.3, 0.5", "0, 0.95"})
  void adamWIsBitEqualToTensorOperations(double beta1, double beta2) {
    double correction = Math.sqrt(1 - Math.pow(beta2, 3));
    try (PointerScope scope = new PointerScope();
        FusedStep step = new FusedStep(SIZES.length)) {
      Tensor[] fused = many(1);
      Tensor[] fusedFirst = many(2);
      Tensor[] fusedSecond = squares(4);
      Tensor[] plain = many(1);
      Tensor[] plainFirst = many(2);
      Tensor[] plainSecond = squares(4);
      for (int i = 0; i < SIZES.length; i++) {
        Tensor gradient = tensor(3 + i, SIZES[i]);
        step.addAdamW(
            fused[i], gradient, fusedFirst[i], fusedSecond[i], RATE, 1 - DECAY, correction);
        plain[i].mul_(new Scalar(1 - DECAY));
        plainFirst[i].lerp_(gradient, new Scalar(1 - beta1));
        plainSecond[i].mul_(new Scalar(beta2)).addcmul_(gradient, gradient, new Scalar(1 - beta2));
        Tensor scale = plainSecond[i].sqrt().div_(new Scalar(correction)).add_(new Scalar(1e-8));
        plain[i].addcdiv_(plainFirst[i], scale, new Scalar(-RATE));
      }
      step.adamW(beta1, beta2, 1e-8);
      for (int i = 0; i < SIZES.length; i++) {
        assertThat(torch.equal(fusedFirst[i], plainFirst[i])).as("first %d", i).isTrue();
        assertThat(torch.equal(fusedSecond[i], plainSecond[i])).as("second %d", i).isTrue();
        assertThat(torch.equal(fused[i], plain[i])).as("values %d", i).isTrue();
      }
    }
  }

  @Test
  void givesTheSameBitsOnAnyNumberOfThreads() {
    try (PointerScope scope = new PointerScope();
        FusedStep step = new FusedStep(SIZES.length)) {
      Tensor[] expected = new Tensor[SIZES.length];
      for (int threads : new int[] {1, 2, 3}) {
        Tensor[] values = many(1);
        Tensor[] momenta = many(2);
        for (int i = 0; i < SIZES.length; i++) {
          step.addSgd(values[i], tensor(3 + i, SIZES[i]), momenta[i], RATE, DECAY);
        }
        LibTorch.load(threads);
        step.sgd(0.9, true);
        for (int i = 0; i < SIZES.length; i++) {
          expected[i] = threads == 1 ? values[i] : expected[i];
          assertThat(torch.equal(values[i], expected[i])).as("values %d", i).isTrue();
        }
      }
    } finally {
      LibTorch.load(2);
    }
  }

  @Test
  void takesWeightsThatLieChannelsLastOnlyWithGradientsThatDoSo() {
    try (PointerScope scope = new PointerScope()) {
      Tensor rows = tensor(1, 4 * 3 * 5 * 5).view(4, 3, 5, 5);
      Tensor last = rows.contiguous(MemoryFormat.ChannelsLast);
      assertThat(FusedStep.takes(rows, rows.clone())).isTrue();
      assertThat(FusedStep.takes(last, torch.zeros_like(last))).isTrue();
      assertThat(FusedStep.takes(rows, last)).isFalse();
      assertThat(FusedStep.takes(last, rows)).isFalse();
    }
  }

  @Test
  void takesDenseFloat32Only() {
    try (PointerScope scope = new PointerScope()) {
      Tensor values = tensor(1, 12);
      assertThat(FusedStep.takes(values, values.to(ScalarType.Double))).isFalse();
      assertThat(FusedStep.takes(values.to(ScalarType.BFloat16))).isFalse();
      assertThat(FusedStep.takes(tensor(1, 1).expand(12))).isFalse();
      assertThat(FusedStep.takes(values, tensor(1, 11))).isFalse();
    }
  }

  private static Tensor[] many(int seed) {
    Tensor[] tensors = new Tensor[SIZES.length];
    for (int i = 0; i < SIZES.length; i++) {
      tensors[i] = tensor(seed, SIZES[i]);
    }
    return tensors;
  }

  private static Tensor[] squares(int seed) {
    Tensor[] tensors = many(seed);
    for (Tensor tensor : tensors) {
      tensor.mul_(tensor);
    }
    return tensors;
  }

  private static Tensor tensor(int seed, int count) {
    float[] values = new float[count];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return count == 0 ? torch.empty(0) : Tensor.create(values, count);
  }
}
