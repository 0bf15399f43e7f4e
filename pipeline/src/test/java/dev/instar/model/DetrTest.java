package dev.instar.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.instar.torch.LibTorch;
import dev.instar.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The detector as something to be trained. */
@SuppressWarnings("try") // scopes own what is made on the way
final class DetrTest {
  private static final int WIDTH = 16;

  @BeforeAll
  static void load() {
    LibTorch.load(1);
  }

  private static Detr tiny(boolean trainedNorm) {
    return Detr.create(TinyDetr.options("resnet18_c3", 1, trainedNorm), 3);
  }

  private static NamedTensor entry(Detr detr, String name) {
    return detr.state().stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name));
  }

  private static double[] values(Detr detr, String name) {
    return Tensors.doubles(entry(detr, name).tensor());
  }

  /** {@code [2, 3, 48, 64]}, the same for the same seed. */
  private static Tensor pictures(long seed) {
    torch.manual_seed(seed);
    return torch.rand(2, 3, 48, 64);
  }

  @Test
  void freshDetectorsAreDrawnAsTheOriginalDoes() {
    try (Detr detr = tiny(false)) {
      // xavier_uniform_ of the stacked projections, [3 * width, width], and of each other matrix.
      assertUniform(detr, "model.encoder.layers.1.self_attn.k_proj.weight", 6.0 / (4 * WIDTH));
      assertUniform(detr, "model.decoder.layers.0.encoder_attn.out_proj.weight", 3.0 / WIDTH);
      assertUniform(detr, "model.decoder.layers.1.fc1.weight", 6.0 / (WIDTH + 32));
      assertUniform(detr, "model.encoder.layers.0.fc2.weight", 6.0 / (WIDTH + 32));
      // PyTorch's own choice.
      assertUniform(detr, "bbox_predictor.layers.1.weight", 1.0 / WIDTH);
      assertUniform(detr, "class_labels_classifier.weight", 1.0 / WIDTH);
      assertUniform(detr, "model.input_projection.weight", 1.0 / 128);
      assertUniform(detr, "model.encoder.layers.0.fc2.bias", 1.0 / 32);
      assertThat(values(detr, "model.encoder.layers.0.self_attn.q_proj.bias")).containsOnly(0);
      assertThat(values(detr, "model.decoder.layers.0.self_attn.out_proj.bias")).containsOnly(0);
      assertThat(values(detr, "model.decoder.layernorm.weight")).containsOnly(1);
      double[] queries = values(detr, "model.query_position_embeddings.weight");
      assertThat(Math.sqrt(Arrays.stream(queries).map(x -> x * x).average().orElseThrow()))
          .isCloseTo(1, within(0.4));
    }
  }

  /** Within a bound whose square is given, and close to it somewhere. */
  private static void assertUniform(Detr detr, String name, double squaredBound) {
    double greatest = Arrays.stream(values(detr, name)).map(Math::abs).max().orElseThrow();
    double bound = Math.sqrt(squaredBound);
    assertThat(greatest).as(name).isBetween(0.8 * bound, bound * (1 + 1e-6));
  }

  @Test
  void equalSeedsGiveEqualDetectors() {
    try (Detr one = Detr.create(TinyDetr.OPTIONS, 7);
        Detr two = Detr.create(TinyDetr.OPTIONS, 7);
        Detr three = Detr.create(TinyDetr.OPTIONS, 8)) {
      String name = "model.decoder.layers.0.fc1.weight";
      assertThat(values(one, name)).isEqualTo(values(two, name));
      assertThat(values(one, name)).isNotEqualTo(values(three, name));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyParameterGetsAGradientAndNothingElseDoes(boolean trainedNorm) {
    try (PointerScope scope = new PointerScope();
        Detr detr = tiny(trainedNorm)) {
      detr.training(true);
      Detr.Output output = detr.forward(pictures(1), true);
      output.logits().square().sum().add(output.boxes().square().sum()).backward();
      for (NamedTensor entry : detr.state()) {
        assertThat(entry.tensor().grad().defined()).as(entry.name()).isEqualTo(entry.parameter());
      }
    }
  }

  @Test
  void everyParameterIsInOneOfBackboneTransformerAndHeads() {
    try (Detr detr = tiny(true)) {
      assertThat(detr.layers()).hasSize(3);
      for (NamedTensor entry : detr.state()) {
        assertThat(
                detr.layers().stream()
                    .filter(group -> group.stream().anyMatch(entry.name()::startsWith)))
            .as(entry.name())
            .hasSize(1);
      }
    }
  }

  @Test
  void aFrozenNormStaysAndATrainedOneFollowsTheBatches() {
    String norm = Detr.BACKBONE + "layer2.1.bn2.";
    try (PointerScope scope = new PointerScope();
        Detr frozen = tiny(false);
        Detr trained = tiny(true)) {
      assertThat(entry(frozen, norm + "weight").parameter()).isFalse();
      assertThat(entry(trained, norm + "weight").parameter()).isTrue();
      assertThat(frozen.state()).noneMatch(entry -> entry.name().endsWith("batches_tracked"));
      for (Detr detr : new Detr[] {frozen, trained}) {
        detr.forward(pictures(1), false);
        assertThat(values(detr, norm + "running_mean")).containsOnly(0);
        detr.training(true);
        detr.forward(pictures(1), false);
      }
      assertThat(values(frozen, norm + "running_mean")).containsOnly(0);
      assertThat(values(trained, norm + "running_mean")).doesNotContain(0);
    }
  }

  @Test
  void thingsAreDroppedInTrainingOnly() {
    try (PointerScope scope = new PointerScope();
        Detr detr = tiny(false)) {
      Tensor pictures = pictures(1);
      assertThat(logits(detr, pictures)).isEqualTo(logits(detr, pictures));
      detr.training(true);
      assertThat(logits(detr, pictures)).isNotEqualTo(logits(detr, pictures));
    }
  }

  private static double[] logits(Detr detr, Tensor pictures) {
    return Tensors.doubles(detr.forward(pictures, false).logits());
  }

  @Test
  void theLastLayersAnswerIsTheAnswer() {
    try (PointerScope scope = new PointerScope();
        Detr detr = tiny(false)) {
      Detr.Output every = detr.forward(pictures(1), true);
      Detr.Output last = detr.forward(pictures(1), false);
      assertThat(Tensors.shape(every.logits())).containsExactly(2, 2, 4, 2);
      assertThat(Tensors.shape(every.boxes())).containsExactly(2, 2, 4, 4);
      assertThat(Tensors.shape(last.logits())).containsExactly(1, 2, 4, 2);
      assertThat(Tensors.doubles(last.boxes().select(0, 0)))
          .isEqualTo(Tensors.doubles(every.boxes().select(0, 1)))
          .isNotEqualTo(Tensors.doubles(every.boxes().select(0, 0)));
      assertThat(Arrays.stream(Tensors.doubles(every.boxes())).boxed())
          .allMatch(side -> side > 0 && side < 1);
    }
  }

  @Test
  void withoutEncoderLayersThePictureIsReadAsItIs() {
    DetrOptions options = new DetrOptions("resnet18_c3", 1, 4, 0, 1, WIDTH, 4, 32, 0, false);
    try (PointerScope scope = new PointerScope();
        Detr detr = Detr.create(options, 1)) {
      assertThat(logits(detr, pictures(1))).isNotEqualTo(logits(detr, pictures(2)));
    }
  }

  @Test
  void whatIsNoBatchOfPicturesIsRefusedWithASentence() {
    try (PointerScope scope = new PointerScope();
        Detr detr = tiny(false)) {
      assertThatThrownBy(() -> detr.forward(torch.rand(3, 48, 64), false))
          .hasMessage("a detector takes [samples, 3, height, width], not [3, 48, 64]");
    }
  }

  @Test
  void stepsOfTrainingLeaveNothingBehind() {
    try (Detr detr = tiny(true)) {
      detr.training(true);
      train(detr, 10);
      long before = Pointer.physicalBytes();
      train(detr, 60);
      // One step makes 2 MB.
      assertThat(Pointer.physicalBytes() - before).isLessThan(64L << 20);
    }
  }

  private static void train(Detr detr, int steps) {
    for (int i = 0; i < steps; i++) {
      try (PointerScope scope = new PointerScope()) {
        Detr.Output output = detr.forward(torch.rand(2, 3, 96, 128), true);
        output.logits().sum().add(output.boxes().sum()).backward();
        detr.state().forEach(entry -> entry.tensor().mutable_grad().reset());
      }
    }
  }
}
