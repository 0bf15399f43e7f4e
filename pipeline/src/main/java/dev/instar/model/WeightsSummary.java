package dev.instar.model;

import dev.instar.torch.ElementType;
import dev.instar.torch.StoredTensor;
import dev.instar.torch.WeightsFile;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a file of weights is.
 *
 * @param tensors how many it holds
 * @param parameters their elements, without running statistics and counters
 * @param types how many tensors there are of each
 * @param fit the architecture whose names and shapes fit best; none where nothing fits any
 */
public record WeightsSummary(
    int tensors, long parameters, Map<ElementType, Integer> types, Optional<Fit> fit) {
  /** What classifiers have where a file does not say. */
  private static final int IMAGENET_CLASSES = 1000;

  public WeightsSummary {
    types = Map.copyOf(types);
  }

  /**
   * How a file fits an architecture.
   *
   * @param classes of the file's head; 0 where it has none
   * @param entries of the architecture
   * @param loading what would become of the file's weights in it
   */
  public record Fit(Architecture architecture, int classes, int entries, WeightLoading loading) {
    /** The part that fits of all names of either side. */
    private double overlap() {
      int all = entries + loading.unexpected().size() - loading.replacedHead().size();
      return (double) loading.loaded().size() / all;
    }
  }

  /** Looks at the names and shapes of {@code file}; LibTorch must be loaded. */
  public static WeightsSummary of(WeightsFile file) {
    Map<ElementType, Integer> types = new EnumMap<>(ElementType.class);
    long parameters = 0;
    for (Map.Entry<String, StoredTensor> tensor : file.tensors().entrySet()) {
      types.merge(tensor.getValue().type(), 1, Integer::sum);
      if (!tensor.getKey().matches(".*(running_mean|running_var|num_batches_tracked)")) {
        parameters += tensor.getValue().elements();
      }
    }
    Optional<Fit> best = Optional.empty();
    for (Architecture architecture : Models.all()) {
      Fit fit = fit(architecture, file);
      if (fit.overlap() > best.map(Fit::overlap).orElse(0.0)) {
        best = Optional.of(fit);
      }
    }
    return new WeightsSummary(file.tensors().size(), parameters, types, best);
  }

  private static Fit fit(Architecture architecture, WeightsFile file) {
    int classes = classes(architecture, file);
    try (Network outline =
        Models.outline(architecture, classes == 0 ? IMAGENET_CLASSES : classes)) {
      WeightLoading loading = WeightLoading.into(outline, file);
      return new Fit(architecture, classes, outline.state().size(), loading);
    }
  }

  private static int classes(Architecture architecture, WeightsFile file) {
    String head = architecture.head() + ".weight";
    Map<String, StoredTensor> tensors = file.tensors();
    String name = WeightNames.match(Set.of(head), tensors.keySet()).get(head);
    return name == null || tensors.get(name).shape().size() != 2
        ? 0
        : Math.toIntExact(tensors.get(name).shape().get(0));
  }
}
