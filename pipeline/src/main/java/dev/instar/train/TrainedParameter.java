package dev.instar.train;

import dev.instar.model.NamedTensor;
import dev.instar.model.Trainable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;

/**
 * A parameter that an optimizer changes.
 *
 * @param tensor the network's own
 * @param rateFactor what its learning rate is multiplied by: less than 1 below the head where rates
 *     decay with depth, and where a part of the network has a rate of its own
 * @param decay its weight decay
 */
record TrainedParameter(String name, Tensor tensor, double rateFactor, double decay) {
  /**
   * All parameters of a network but the frozen ones, which are told here to ask for no gradient.
   * The running statistics of a frozen layer still change.
   *
   * @param freeze prefixes of parameters, each ending where a part of a name ends
   * @param rates such prefixes and what the learning rate below them is multiplied by
   * @throws IllegalArgumentException if a prefix fits no parameter, or all are frozen
   */
  static List<TrainedParameter> of(
      Trainable network,
      Recipe.Optimization optimization,
      List<String> freeze,
      Map<String, Double> rates) {
    List<NamedTensor> parameters = network.state().stream().filter(NamedTensor::parameter).toList();
    List<String> names = parameters.stream().map(NamedTensor::name).toList();
    freeze.forEach(prefix -> requireKnown("freeze", prefix, names));
    rates.keySet().forEach(prefix -> requireKnown("learn at another rate", prefix, names));
    List<TrainedParameter> trained = new ArrayList<>();
    for (NamedTensor parameter : parameters) {
      boolean frozen = freeze.stream().anyMatch(prefix -> covers(prefix, parameter.name()));
      parameter.tensor().requires_grad_(!frozen);
      if (!frozen) {
        trained.add(
            new TrainedParameter(
                parameter.name(),
                parameter.tensor(),
                rateFactor(parameter.name(), network.layers(), optimization.layerDecay())
                    * ownRate(parameter.name(), rates),
                decays(parameter, optimization) ? optimization.weightDecay() : 0));
      }
    }
    if (trained.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing is left to train: " + String.join(", ", freeze) + " freeze every parameter");
    }
    return List.copyOf(trained);
  }

  private static double ownRate(String name, Map<String, Double> rates) {
    return rates.entrySet().stream()
        .filter(rate -> covers(rate.getKey(), name))
        .mapToDouble(Map.Entry::getValue)
        .reduce(1, (a, b) -> a * b);
  }

  private static boolean decays(NamedTensor parameter, Recipe.Optimization optimization) {
    return optimization.decayNormsAndBiases() || parameter.tensor().dim() > 1;
  }

  /** The last layer learns at the whole rate, each one before it at {@code decay} of the next. */
  private static double rateFactor(String name, List<List<String>> layers, double decay) {
    if (decay == 1) {
      return 1;
    }
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).stream().anyMatch(prefix -> covers(prefix, name))) {
        return Math.pow(decay, layers.size() - 1 - i);
      }
    }
    throw new IllegalArgumentException(
        "the network does not say which layer "
            + name
            + " belongs to, so its learning rate cannot decay by layer: set layerDecay to 1");
  }

  /** Whether a name is {@code prefix} or lies below it: {@code blocks.1} is not above blocks.10. */
  private static boolean covers(String prefix, String name) {
    return name.startsWith(prefix)
        && (name.length() == prefix.length()
            || prefix.endsWith(".")
            || name.charAt(prefix.length()) == '.');
  }

  private static void requireKnown(String what, String prefix, List<String> names) {
    if (!prefix.isEmpty() && names.stream().anyMatch(name -> covers(prefix, name))) {
      return;
    }
    // What there is at the depth of the unknown name, below the part of it that exists.
    String parent = prefix;
    do {
      int dot = parent.lastIndexOf('.');
      parent = dot < 0 ? "" : parent.substring(0, dot);
    } while (!parent.isEmpty() && !below(parent, names));
    int depth = parent.isEmpty() ? 0 : parent.length() + 1;
    String above = parent;
    Set<String> candidates =
        names.stream()
            .filter(name -> above.isEmpty() || name.startsWith(above + "."))
            .map(name -> firstPart(name, depth))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    throw new IllegalArgumentException(
        "no parameter to "
            + what
            + " begins with \""
            + prefix
            + "\"; there are "
            + String.join(", ", candidates));
  }

  private static boolean below(String parent, List<String> names) {
    return names.stream().anyMatch(name -> name.startsWith(parent + "."));
  }

  private static String firstPart(String name, int from) {
    int dot = name.indexOf('.', from);
    return dot < 0 ? name : name.substring(0, dot);
  }
}
