package dev.instar.train;

import java.util.List;
import java.util.Map;

/**
 * How weights follow gradients and for how long, whatever the network is.
 *
 * @param epochs passes over the training set
 * @param steps of the optimizer after which training ends within an epoch, 0 for no limit
 * @param leastBatch samples that a batch must have; smaller ones, at the end of an epoch, are left
 *     out
 * @param accumulate forward passes to one step of the optimizer
 * @param rates prefixes of parameters and what their learning rate is multiplied by
 * @param freeze prefixes of parameters that stay as they are
 * @param clip the greatest L2 norm of all gradients together, 0 for no limit
 * @param average the decay of the moving average of weights that is evaluated, 0 for none
 * @param patience epochs without a better one before training stops, 0 for no limit
 */
public record Regime(
    int epochs,
    long steps,
    int leastBatch,
    int accumulate,
    Recipe.Optimization optimizer,
    Map<String, Double> rates,
    List<String> freeze,
    Recipe.LearningRate schedule,
    double clip,
    double average,
    int patience) {
  public Regime {
    rates = Map.copyOf(rates);
    freeze = List.copyOf(freeze);
  }
}
