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

/**
 * Stochastic gradient descent with momentum, Nesterov's or not, and weight decay as an L2 term, by
 * PyTorch's rule: {@code b = momentum * b + g}, the first {@code b} being the first gradient.
 */
@SuppressWarnings("try") // Scopes and guards are there to be closed.
final class Sgd implements Optimizer {
  /** A parameter and its momentum, which is there in any case. */
  private record Slot(TrainedParameter parameter, Tensor momentum) {}

  private final List<Slot> slots = new ArrayList<>();
  private final OwnedTensors state = new OwnedTensors("SGD");
  private final double rate;
  private final double momentum;
  private final boolean nesterov;
  private final FusedStep fused;

  Sgd(List<TrainedParameter> parameters, Recipe.Optimization optimization) {
    this.rate = optimization.rate();
    this.momentum = optimization.momentum();
    this.nesterov = optimization.nesterov();
    if (nesterov && !(momentum > 0)) {
      throw new IllegalArgumentException("Nesterov's rule needs a momentum above 0");
    }
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGradient = new NoGradGuard()) {
      for (TrainedParameter parameter : parameters) {
        // Of zeros: the first step then makes it the gradient itself.
        Tensor zeros = torch.zeros_like(parameter.tensor());
        slots.add(new Slot(parameter, state.add("momentum." + parameter.name(), zeros)));
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
      fused.sgd(momentum, nesterov);
    }
  }

  private void step(Slot slot, Tensor gradient, double stepRate) {
    Tensor values = slot.parameter().tensor();
    double decay = slot.parameter().decay();
    if (FusedStep.takes(values, gradient, slot.momentum())) {
      fused.addSgd(values, gradient, slot.momentum(), stepRate, decay);
    } else {
      step(values, gradient, slot.momentum(), stepRate, decay);
    }
  }

  private void step(Tensor values, Tensor gradient, Tensor buffer, double stepRate, double decay) {
    Tensor decayed = decay == 0 ? gradient : gradient.add(values, new Scalar(decay));
    buffer.mul_(new Scalar(momentum)).add_(decayed);
    Tensor direction = nesterov ? decayed.add(buffer, new Scalar(momentum)) : buffer;
    values.add_(direction, new Scalar(-stepRate));
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
