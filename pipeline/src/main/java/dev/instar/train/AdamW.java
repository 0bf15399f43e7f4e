package dev.instar.train;

import dev.instar.torch.FusedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019), in the order of operations of
 * PyTorch's: decay, moments, bias correction, step. Steps are counted for each parameter, as there.
 */
@SuppressWarnings("try") // Scopes and guards are there to be closed.
final class AdamW implements Optimizer {
  /** A parameter, its moments, and how often it had a gradient. */
  private record Slot(TrainedParameter parameter, Tensor first, Tensor second, Tensor steps) {}

  private final List<Slot> slots = new ArrayList<>();
  private final OwnedTensors state = new OwnedTensors("AdamW");
  private final double rate;
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final FusedStep fused;

  AdamW(List<TrainedParameter> parameters, Recipe.Optimization optimization) {
    this.rate = optimization.rate();
    this.beta1 = optimization.beta1();
    this.beta2 = optimization.beta2();
    this.epsilon = optimization.epsilon();
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGradient = new NoGradGuard()) {
      for (TrainedParameter parameter : parameters) {
        Tensor values = parameter.tensor();
        slots.add(
            new Slot(
                parameter,
                state.add("first." + parameter.name(), torch.zeros_like(values)),
                state.add("second." + parameter.name(), torch.zeros_like(values)),
                state.add("steps." + parameter.name(), torch.zeros(1).to(ScalarType.Long))));
      }
    }
    fused = new FusedStep(slots.size());
  }

  @Override
  public void step(double factor) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGradient = new NoGradGuard()) {
      for (Slot slot : slots) {
        Tensor gradient = slot.parameter().tensor().grad();
        if (gradient.defined()) {
          step(slot, gradient, rate * factor * slot.parameter().rateFactor());
        }
      }
      fused.adamW(beta1, beta2, epsilon);
    }
  }

  private void step(Slot slot, Tensor gradient, double stepRate) {
    Tensor values = slot.parameter().tensor();
    long step = slot.steps().add_(new Scalar(1)).item_long();
    double kept = 1 - stepRate * slot.parameter().decay();
    double corrected = stepRate / (1 - Math.pow(beta1, step));
    double correction = Math.sqrt(1 - Math.pow(beta2, step));
    if (FusedStep.takes(values, gradient, slot.first(), slot.second())) {
      fused.addAdamW(values, gradient, slot.first(), slot.second(), corrected, kept, correction);
    } else {
      values.mul_(new Scalar(kept));
      slot.first().lerp_(gradient, new Scalar(1 - beta1));
      slot.second().mul_(new Scalar(beta2)).addcmul_(gradient, gradient, new Scalar(1 - beta2));
      Tensor scale = slot.second().sqrt().div_(new Scalar(correction)).add_(new Scalar(epsilon));
      values.addcdiv_(slot.first(), scale, new Scalar(-corrected));
    }
  }

  @Override
  public List<Tensor> parameters() {
    return slots.stream().map(slot -> slot.parameter().tensor()).toList();
  }

  @Override
  public Map<String, Tensor> state() {
    return state.byName();
  }

  @Override
  public void restore(Map<String, Tensor> saved) {
    state.restore(saved);
  }

  @Override
  public void close() {
    fused.close();
    state.close();
  }
}
