package dev.instar.train;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Tensors by name that outlive the scope in which they were made, until this is closed. */
@SuppressWarnings("try") // Scopes and guards are there to be closed.
final class OwnedTensors implements AutoCloseable {
  private final String owner;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /**
   * @param owner whose state it is, for messages
   */
  OwnedTensors(String owner) {
    this.owner = owner;
  }

  Tensor add(String name, Tensor tensor) {
    tensors.put(name, tensor.retainReference());
    return tensor;
  }

  Map<String, Tensor> byName() {
    return Collections.unmodifiableMap(tensors);
  }

  /** Copies values in; all names and shapes must be the same, or nothing is copied. */
  void restore(Map<String, Tensor> state) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGradient = new NoGradGuard()) {
      for (String name : state.keySet()) {
        if (!tensors.containsKey(name)) {
          throw new IllegalArgumentException(owner + " has no " + name + ", which was saved");
        }
      }
      tensors.forEach((name, tensor) -> requireShape(name, tensor, state.get(name)));
      tensors.forEach((name, tensor) -> tensor.copy_(state.get(name)));
    }
  }

  private void requireShape(String name, Tensor tensor, Tensor saved) {
    if (saved == null) {
      throw new IllegalArgumentException(owner + " has a " + name + ", which was not saved");
    }
    long[] shape = tensor.shape();
    if (!Arrays.equals(shape, saved.shape())) {
      throw new IllegalArgumentException(
          owner
              + "'s "
              + name
              + " has the shape "
              + Arrays.toString(shape)
              + ", the saved one "
              + Arrays.toString(saved.shape()));
    }
  }

  @Override
  public void close() {
    tensors.values().forEach(Tensor::close);
    tensors.clear();
  }
}
