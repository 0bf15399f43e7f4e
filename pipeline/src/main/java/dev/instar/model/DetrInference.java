package dev.instar.model;

import dev.instar.torch.Inference;
import dev.instar.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** What a detector answers, as numbers. Not thread-safe. */
public final class DetrInference {
  private static final long[] LAST = {-1};

  private final Detr detr;

  /** Asks {@code detr}, which stays the caller's. */
  public DetrInference(Detr detr) {
    this.detr = detr;
  }

  /**
   * What one picture's queries say.
   *
   * @param scores the greatest probability of any kind of thing, "no object" aside, of each query
   * @param boxes centre x, centre y, width, height as fractions of the picture, four numbers a
   *     query
   */
  public record Answer(float[] scores, float[] boxes) {
    /**
     * The scores; NaN where a box is not finite, as weights can make it that are too large to
     * calculate with.
     */
    public float[] certain() {
      float[] certain = scores.clone();
      for (int query = 0; query < certain.length; query++) {
        int at = 4 * query;
        float sum = boxes[at] + boxes[at + 1] + boxes[at + 2] + boxes[at + 3];
        certain[query] = Float.isFinite(sum) ? certain[query] : Float.NaN;
      }
      return certain;
    }
  }

  /**
   * Looks at pictures of one size.
   *
   * @param address of {@code [samples, 3, height, width]} normalised float32, row-major; not used
   *     after the call
   */
  @SuppressWarnings("try") // the scope owns what is made on the way
  public Answer[] answers(long address, int samples, int height, int width) {
    try (PointerScope scope = new PointerScope()) {
      return Inference.of(
          () -> {
            Tensor images = Tensors.wrap(address, ScalarType.Float, samples, 3, height, width);
            Detr.Output output = detr.forward(images, false);
            Tensor probabilities = output.logits().select(0, 0).softmax(-1);
            Tensor things = probabilities.narrow(-1, 0, probabilities.size(-1) - 1);
            return split(samples, things.amax(LAST, false), output.boxes().select(0, 0));
          });
    }
  }

  private static Answer[] split(int samples, Tensor scores, Tensor boxes) {
    float[] allScores = Tensors.floats(scores);
    float[] allBoxes = Tensors.floats(boxes);
    Answer[] answers = new Answer[samples];
    int queries = allScores.length / samples;
    for (int i = 0; i < samples; i++) {
      answers[i] =
          new Answer(
              Arrays.copyOfRange(allScores, i * queries, (i + 1) * queries),
              Arrays.copyOfRange(allBoxes, i * queries * 4, (i + 1) * queries * 4));
    }
    return answers;
  }
}
