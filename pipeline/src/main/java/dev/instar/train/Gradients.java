package dev.instar.train;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * What happens to gradients between the loss and the optimizer: passes are added up, the sum is
 * clipped. Not thread-safe.
 */
@SuppressWarnings("try") // Scopes and guards are there to be closed.
final class Gradients {
  /** Added to the norm before dividing by it, as torch.nn.utils.clip_grad_norm_ does. */
  private static final double CLIP_EPSILON = 1e-6;

  private final List<Tensor> parameters;
  private final double clip;
  private int passes;
  private int passed;

  /**
   * @param passes backward passes to one step; each loss is divided by it
   * @param clip the greatest L2 norm of all gradients together, 0 for no limit
   */
  Gradients(List<Tensor> parameters, int passes, double clip) {
    if (passes < 1 || !(clip >= 0)) {
      throw new IllegalArgumentException(
          "gradients need at least one pass and no negative limit, not " + passes + ", " + clip);
    }
    this.parameters = List.copyOf(parameters);
    this.passes = passes;
    this.clip = clip;
  }

  /**
   * Adds a loss's gradients to those that are there.
   *
   * @return the loss
   * @throws NotFiniteException if the loss is NaN or infinite; no gradient has changed then
   */
  double accumulate(Tensor loss) throws NotFiniteException {
    try (PointerScope scope = new PointerScope()) {
      double value = loss.item_double();
      if (!Double.isFinite(value)) {
        throw new NotFiniteException("the loss is " + value);
      }
      (passes == 1 ? loss : loss.div(new Scalar((double) passes))).backward();
      passed++;
      return value;
    }
  }

  /**
   * Says how many passes the step that begins now has, where it is fewer than usual, as at the end
   * of an epoch, or as many again.
   */
  void begin(int passes) {
    if (passed > 0 || passes < 1) {
      throw new IllegalStateException("a step of " + passes + " passes, after " + passed);
    }
    this.passes = passes;
  }

  /** Whether there were passes since the last step. */
  boolean pending() {
    return passed > 0;
  }

  /** Whether a step's passes are complete; {@link #clipped} begins the next step's. */
  boolean due() {
    return passed >= passes;
  }

  /**
   * Scales all gradients down such that their norm is at most the limit.
   *
   * @return the L2 norm of all gradients together before that
   * @throws NotFiniteException if the norm is NaN or infinite; gradients are as they were
   */
  double clipped() throws NotFiniteException {
    passed = 0;
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGradient = new NoGradGuard()) {
      TensorVector gradients = new TensorVector();
      TensorVector norms = new TensorVector();
      for (Tensor parameter : parameters) {
        Tensor gradient = parameter.grad();
        if (gradient.defined()) {
          gradients.push_back(gradient);
          norms.push_back(torch.linalg_vector_norm(gradient));
        }
      }
      if (norms.empty()) {
        return 0;
      }
      double norm = torch.linalg_vector_norm(torch.stack(norms)).item_double();
      if (!Double.isFinite(norm)) {
        throw new NotFiniteException("the norm of the gradients is " + norm);
      }
      double scale = clip / (norm + CLIP_EPSILON);
      if (clip > 0 && scale < 1) {
        for (long i = 0; i < gradients.size(); i++) {
          gradients.get(i).mul_(new Scalar(scale));
        }
      }
      return norm;
    }
  }
}
