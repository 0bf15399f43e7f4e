package dev.instar.model;

import dev.instar.torch.ElementType;
import dev.instar.torch.StoredTensor;
import dev.instar.torch.Tensors;
import dev.instar.torch.WeightsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * What became of the weights of a file in a network. Names are the network's, but for those that it
 * lacks.
 *
 * @param loaded entries that were taken as they are, converted to the network's type
 * @param replacedHead entries of a head with another number of classes, or that the file lacks;
 *     they keep their fresh values
 * @param interpolated position embeddings that were resized
 * @param missing entries of the network that the file lacks
 * @param unexpected entries of the file that the network lacks
 * @param mismatched entries with another shape or kind of element, as sentences
 */
public record WeightLoading(
    List<String> loaded,
    List<String> replacedHead,
    List<String> interpolated,
    List<String> missing,
    List<String> unexpected,
    List<String> mismatched) {
  /** How many names a message lists before it only counts. */
  private static final int LISTED = 10;

  public WeightLoading {
    loaded = List.copyOf(loaded);
    replacedHead = List.copyOf(replacedHead);
    interpolated = List.copyOf(interpolated);
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
    mismatched = List.copyOf(mismatched);
  }

  /**
   * Copies the weights of {@code file} into {@code network}, as far as they fit. What wrappers put
   * before names, such as {@code module.}, is taken off.
   *
   * <p>Counters of batches that a file lacks are not missed: PyTorch did not save them once, and
   * nothing here depends on them.
   */
  @SuppressWarnings("try") // the scope owns what is made on the way
  public static WeightLoading into(Trainable network, WeightsFile file) {
    Map<String, NamedTensor> entries = new LinkedHashMap<>();
    network.state().forEach(entry -> entries.put(entry.name(), entry));
    Map<String, StoredTensor> tensors = file.tensors();
    Map<String, String> names = WeightNames.match(entries.keySet(), tensors.keySet());
    Sorting sorting = new Sorting(head(network));
    for (NamedTensor entry : entries.values()) {
      try (PointerScope scope = new PointerScope()) {
        String name = names.get(entry.name());
        if (name == null) {
          sorting.absent(entry);
        } else {
          sorting.take(entry, tensors.get(name));
        }
      }
    }
    Set<String> unexpected = new LinkedHashSet<>(tensors.keySet());
    unexpected.removeAll(names.values());
    return sorting.result(unexpected);
  }

  /** The prefixes of the head's names; none for a network of one group. */
  private static List<String> head(Trainable network) {
    List<List<String>> layers = network.layers();
    return layers.size() < 2 ? List.of() : layers.get(layers.size() - 1);
  }

  /** Whether a network's weights can be made of such elements. */
  static boolean isFloat(ElementType type) {
    return switch (type) {
      case F16, BF16, F32, F64 -> true;
      default -> false;
    };
  }

  /** Whether every entry of the network but a replaced head has its value from the file. */
  public boolean complete() {
    return missing.isEmpty() && mismatched.isEmpty();
  }

  /** What a person should know, a sentence each; none where everything was taken as it is. */
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    remark(remarks, "the head keeps fresh values: ", replacedHead);
    remark(remarks, "resized to this network's grid: ", interpolated);
    remark(remarks, "not in the file: ", missing);
    remark(remarks, "of another shape or type: ", mismatched);
    remark(remarks, "in the file, but not in the network: ", unexpected);
    return remarks;
  }

  private static void remark(List<String> remarks, String what, List<String> names) {
    if (!names.isEmpty()) {
      String listed = String.join(", ", names.subList(0, Math.min(LISTED, names.size())));
      int more = names.size() - LISTED;
      remarks.add(what + listed + (more > 0 ? " and " + more + " more" : ""));
    }
  }

  /** Decides about each entry of a network. */
  private static final class Sorting {
    private final List<String> head;
    private final List<String> loaded = new ArrayList<>();
    private final List<String> replacedHead = new ArrayList<>();
    private final List<String> interpolated = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> mismatched = new ArrayList<>();

    Sorting(List<String> head) {
      this.head = head;
    }

    void absent(NamedTensor entry) {
      if (isHead(entry)) {
        replacedHead.add(entry.name());
      } else if (!entry.name().endsWith(".num_batches_tracked")) {
        missing.add(entry.name());
      }
    }

    /** Copies {@code stored} into {@code entry} where it fits. */
    void take(NamedTensor entry, StoredTensor stored) {
      Tensor tensor = entry.tensor();
      long[] wanted = Tensors.shape(tensor);
      long[] given = stored.sizes();
      if (tensor.is_floating_point() != isFloat(stored.type())) {
        mismatched.add(entry.name() + " (" + stored.type() + " in the file)");
      } else if (Arrays.equals(wanted, given)) {
        tensor.detach().copy_(Tensors.wrap(stored));
        loaded.add(entry.name());
      } else if (isHead(entry) && sameButClasses(wanted, given)) {
        replacedHead.add(entry.name());
      } else if (entry.name().endsWith("pos_embed") && PositionEmbedding.fits(given, wanted)) {
        tensor.detach().copy_(PositionEmbedding.resize(Tensors.wrap(stored), wanted));
        interpolated.add(entry.name());
      } else {
        mismatched.add(
            entry.name()
                + " ("
                + Arrays.toString(given)
                + " in the file, "
                + Arrays.toString(wanted)
                + " here)");
      }
    }

    private boolean isHead(NamedTensor entry) {
      return head.stream().anyMatch(entry.name()::startsWith);
    }

    private static boolean sameButClasses(long[] wanted, long[] given) {
      return wanted.length == given.length
          && wanted.length > 0
          && Arrays.equals(wanted, 1, wanted.length, given, 1, given.length);
    }

    WeightLoading result(Set<String> unexpected) {
      return new WeightLoading(
          loaded, replacedHead, interpolated, missing, List.copyOf(unexpected), mismatched);
    }
  }
}
