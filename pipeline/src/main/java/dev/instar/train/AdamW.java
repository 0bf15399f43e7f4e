package dev.instar.train;

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

  AdamW(List<TrainedParameter> parameters, Recipe.Optimization optimization) {
    this.rate = optimization.rate();
    this.beta1 = optimization.beta1();
    this.beta2 = optimization.beta2();
    this.epsilon = optimization.epsilon();
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "AdamW's betas are " + beta1 + " and " + beta2 + ", they must be in [0, 1)");
    }
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
    }
  }

  private void step(Slot slot, Tensor gradient, double stepRate) {
    Tensor values = slot.parameter().tensor();
    long step = slot.steps().add_(new Scalar(1)).item_long();
    double firstBias = 1 - Math.pow(beta1, step);
    double secondBias = 1 - Math.pow(beta2, step);
    values.mul_(new Scalar(1 - stepRate * slot.parameter().decay()));
    slot.first().lerp_(gradient, new Scalar(1 - beta1));
    slot.second().mul_(new Scalar(beta2)).addcmul_(gradient, gradient, new Scalar(1 - beta2));
    Tensor scale =
        slot.second().sqrt().div_(new Scalar(Math.sqrt(secondBias))).add_(new Scalar(epsilon));
    values.addcdiv_(slot.first(), scale, new Scalar(-stepRate / firstBias));
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
    state.close();
  }
}
