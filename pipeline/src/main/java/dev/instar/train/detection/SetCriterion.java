package dev.instar.train.detection;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.maximum;
import static org.bytedeco.pytorch.global.torch.minimum;
import static org.bytedeco.pytorch.global.torch.stack;

import dev.instar.model.Detr;
import dev.instar.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * DETR's loss (Carion et al. 2020, section 3.1): every thing in a picture is matched with one query
 * by the Hungarian algorithm, then class, L1 and generalised IoU losses are summed over the answers
 * of every decoder layer, each with a matching of its own.
 *
 * <p>Formulas and weights are those of the original (facebookresearch/detr, models/detr.py and the
 * defaults of main.py): cross-entropy of all queries, as the mean weighted by class; L1 and GIoU of
 * the matched boxes, divided by the number of things in the batch, at least 1. Not thread-safe.
 */
final class SetCriterion implements AutoCloseable {
  /** Of "no object" beside 1 of every label: --eos_coef. */
  private static final double NO_OBJECT_WEIGHT = 0.1;

  /** Of class, L1 and GIoU losses: --bbox_loss_coef, --giou_loss_coef. */
  private static final double[] WEIGHTS = {1, 5, 2};

  private static final int CORNERS = 4;

  /** A value of {@code at::Reduction}. */
  private static final int EVERY_QUERY = 0;

  /** PyTorch's default: no label is left out, since none is negative. */
  private static final int IGNORED = -100;

  private final int labels;
  private final Tensor classWeights;
  private final Tensor lossWeights;

  /**
   * What is in one picture; an empty well has nothing.
   *
   * @param labels of each thing, from 0
   * @param boxes centre x, centre y, width, height of each as fractions, four numbers a thing; no
   *     width or height is 0
   */
  record Target(int[] labels, float[] boxes) {
    Target {
      if (boxes.length != CORNERS * labels.length) {
        throw new IllegalArgumentException(
            boxes.length + " numbers for the boxes of " + labels.length + " things");
      }
      for (int i = 0; i < boxes.length; i++) {
        if (!Float.isFinite(boxes[i]) || (i % CORNERS >= 2 && boxes[i] <= 0)) {
          throw new IllegalArgumentException(
              "a box of " + Arrays.toString(Arrays.copyOfRange(boxes, i & -4, (i & -4) + 4)));
        }
      }
    }

    /** The number of things. */
    int things() {
      return labels.length;
    }
  }

  /**
   * The loss and its parts, of the last layer where nothing else is said. Where the network answers
   * with a number that is not finite, neither are these.
   *
   * @param total weighted, all layers; it has a gradient. The caller's scope owns it
   */
  record Loss(Tensor total, double classes, double l1, double giou) {}

  /**
   * A criterion for networks of so many labels.
   *
   * @param labels without "no object"
   */
  SetCriterion(int labels) {
    this.labels = labels;
    double[] weights = new double[labels + 1];
    Arrays.fill(weights, 1);
    weights[labels] = NO_OBJECT_WEIGHT;
    classWeights = Tensors.keep(Tensor.create(weights, weights.length));
    lossWeights = Tensors.keep(Tensor.create(WEIGHTS, WEIGHTS.length));
  }

  /**
   * The loss of a batch; call it within a scope, which owns what is made on the way.
   *
   * @param output every layer's answers, of any floating-point type; halves are widened
   * @param targets of every sample
   */
  Loss of(Detr.Output output, List<Target> targets) {
    Tensor logits = widened(output.logits());
    Tensor boxes = widened(output.boxes());
    int layers = Math.toIntExact(logits.size(0));
    int queries = Math.toIntExact(logits.size(2));
    require(logits, boxes, targets);
    double[] answers = Tensors.doubles(cat(new TensorVector(logits, boxes), 3));
    if (!Arrays.stream(answers).allMatch(Double::isFinite)) {
      // A sum with a NaN or an infinity is no finite number, whatever else is in it.
      return new Loss(logits.sum().add(boxes.sum()), Double.NaN, Double.NaN, Double.NaN);
    }
    Matching matching = Matching.of(answers, layers, queries, labels, targets);
    double things = Math.max(1, targets.stream().mapToInt(Target::things).sum());
    Tensor found = boxes.reshape(-1, CORNERS).index_select(0, on(logits, matching.places()));
    Tensor truth =
        Tensor.create(matching.truth(), (long) layers * matching.pairs(), CORNERS).to(found);
    Scalar share = new Scalar(1 / things);
    Tensor losses =
        stack(
            new TensorVector(
                classLoss(logits, matching),
                found
                    .sub(truth)
                    .abs()
                    .reshape(layers, (long) matching.pairs() * CORNERS)
                    .sum(1)
                    .mul(share),
                giouLoss(found, truth).reshape(layers, matching.pairs()).sum(1).mul(share)),
            1);
    double[] last = Tensors.doubles(losses.select(0, layers - 1L));
    return new Loss(losses.matmul(lossWeights.to(losses)).sum(), last[0], last[1], last[2]);
  }

  private void require(Tensor logits, Tensor boxes, List<Target> targets) {
    long[] shape = Tensors.shape(logits);
    long[] expected = {shape[0], targets.size(), shape[2], labels + 1L};
    long[] corners = {shape[0], targets.size(), shape[2], CORNERS};
    if (!Arrays.equals(shape, expected) || !Arrays.equals(Tensors.shape(boxes), corners)) {
      throw new IllegalArgumentException(
          "answers of "
              + Arrays.toString(shape)
              + " and "
              + Arrays.toString(Tensors.shape(boxes))
              + " for "
              + targets.size()
              + " pictures and "
              + labels
              + " labels");
    }
    for (Target target : targets) {
      for (int label : target.labels()) {
        Objects.checkIndex(label, labels);
      }
    }
  }

  /** {@code [layers]}: the weighted mean over all queries. */
  private Tensor classLoss(Tensor logits, Matching matching) {
    long layers = logits.size(0);
    long queries = logits.size(1) * logits.size(2);
    Tensor losses =
        cross_entropy_loss(
            logits.reshape(-1, labels + 1L),
            on(logits, matching.classes()),
            new TensorOptional(classWeights.to(logits)),
            EVERY_QUERY,
            IGNORED,
            0);
    double weight = matching.pairs() + NO_OBJECT_WEIGHT * (queries - matching.pairs());
    return losses.reshape(layers, queries).sum(1).div(new Scalar(weight));
  }

  /**
   * {@code [pairs]}: 1 less the generalised IoU (Rezatofighi et al. 2019, algorithm 1).
   *
   * @param found centre and size of boxes, {@code [pairs, 4]}
   * @param truth likewise
   */
  private static Tensor giouLoss(Tensor found, Tensor truth) {
    Tensor low = corner(found, -0.5);
    Tensor high = corner(found, 0.5);
    Tensor wantedLow = corner(truth, -0.5);
    Tensor wantedHigh = corner(truth, 0.5);
    Tensor overlap =
        area(minimum(high, wantedHigh).sub(maximum(low, wantedLow)).clamp_min(new Scalar(0)));
    Tensor union = area(high.sub(low)).add(area(wantedHigh.sub(wantedLow))).sub(overlap);
    Tensor hull = area(maximum(high, wantedHigh).sub(minimum(low, wantedLow)));
    // 1 - (overlap / union - (hull - union) / hull)
    return union.div(hull).add(overlap.div(union)).neg().add(new Scalar(2));
  }

  private static Tensor corner(Tensor boxes, double side) {
    return boxes.narrow(1, 0, 2).add(boxes.narrow(1, 2, 2), new Scalar(side));
  }

  private static Tensor area(Tensor sides) {
    return sides.select(1, 0).mul(sides.select(1, 1));
  }

  private static Tensor on(Tensor like, long[] values) {
    return Tensor.create(values, values.length).to(like.device(), ScalarType.Long);
  }

  private static Tensor widened(Tensor tensor) {
    // What JavaCPP returns is equal to a constant only once it is interned.
    ScalarType type = tensor.scalar_type().intern();
    return type == ScalarType.Float || type == ScalarType.Double
        ? tensor
        : tensor.to(ScalarType.Float);
  }

  @Override
  public void close() {
    classWeights.close();
    lossWeights.close();
  }
}
