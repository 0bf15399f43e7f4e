package dev.instar.torch;

import dev.instar.image.InputException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came out of a checkpoint's pickle, flattened: paths to tensors, and paths to other values.
 * The parts of a path are keys and positions, joined by {@code /}: {@code
 * optimizer/param_groups/[0]/lr}, {@code optimizer/state/int:0/momentum_buffer}.
 */
final class CheckpointTree {
  private static final int DEEPEST = 100;

  private final Map<String, TensorView> tensors = new LinkedHashMap<>();
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Allowance allowance;

  private CheckpointTree(Allowance allowance) {
    this.allowance = allowance;
  }

  /**
   * Flattens {@code root}.
   *
   * @throws InputException if it contains itself, or is absurdly deep or large
   */
  static CheckpointTree of(Object root, Refusal refusal) throws InputException {
    CheckpointTree tree = new CheckpointTree(new Allowance(refusal));
    tree.walk("", root, 0);
    return tree;
  }

  Map<String, TensorView> tensors() {
    return tensors;
  }

  /** Booleans, numbers, texts, None, lists of these, and what is empty. */
  Map<String, Object> values() {
    return values;
  }

  private void walk(String path, Object value, int depth) throws InputException {
    descend(depth);
    allowance.spendBytes(path.length());
    if (value instanceof TensorView tensor) {
      put(tensors, path, tensor);
    } else if (value instanceof PickledDict dict && !dict.items().isEmpty()) {
      for (Map.Entry<String, Object> item : dict.items().entrySet()) {
        walk(below(path, item.getKey()), item.getValue(), depth + 1);
      }
    } else {
      Optional<Object> plain = plain(value, depth);
      if (plain.isPresent()) {
        put(values, path, plain.get());
      } else if (value instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          walk(below(path, "[" + i + "]"), list.get(i), depth + 1);
        }
      }
    }
  }

  private static String below(String path, String part) {
    return path.isEmpty() ? part : path + "/" + part;
  }

  private <T> void put(Map<String, T> map, String path, T value) throws InputException {
    if (map.putIfAbsent(path, value) != null) {
      throw allowance.refusal().unsupported("has two things at " + Quoted.of(path));
    }
  }

  /** The value itself if it is plain, a copy of a list of such; nothing for all else. */
  private Optional<Object> plain(Object value, int depth) throws InputException {
    descend(depth);
    if (value instanceof PickledDict dict && dict.items().isEmpty()) {
      return Optional.of(Map.of());
    }
    if (value instanceof PickleGlobal global) {
      return Optional.of(global.name());
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      for (Object element : list) {
        Optional<Object> plain =
            element instanceof PickledDict ? Optional.empty() : plain(element, depth + 1);
        if (plain.isEmpty()) {
          return Optional.empty();
        }
        copy.add(plain.get());
      }
      return Optional.of(Collections.unmodifiableList(copy));
    }
    boolean scalar =
        value instanceof Boolean
            || value instanceof Long
            || value instanceof BigInteger
            || value instanceof Double
            || value instanceof String
            || value instanceof Optional<?>;
    return scalar ? Optional.of(value) : Optional.empty();
  }

  private void descend(int depth) throws InputException {
    allowance.spend(1);
    if (depth > DEEPEST) {
      throw allowance.refusal().tooLarge("has a pickle that is nested too deeply, or in itself");
    }
  }
}
