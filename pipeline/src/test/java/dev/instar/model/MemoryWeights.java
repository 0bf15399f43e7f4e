package dev.instar.model;

import dev.instar.memory.Bytes;
import dev.instar.torch.StoredTensor;
import dev.instar.torch.Tensors;
import dev.instar.torch.WeightsFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;

/** Weights that never were in a file. */
record MemoryWeights(Map<String, StoredTensor> tensors) implements WeightsFile {
  /** A copy of a network's state, names changed by {@code naming}. */
  @SuppressWarnings("try") // the scope owns what is made on the way
  static MemoryWeights of(Trainable network, UnaryOperator<String> naming) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (NamedTensor entry : network.state()) {
      try (PointerScope scope = new PointerScope()) {
        StoredTensor view = Tensors.stored(entry.tensor());
        Bytes copy = Bytes.copyOf(view.data().toArray());
        tensors.put(naming.apply(entry.name()), new StoredTensor(view.type(), view.shape(), copy));
      }
    }
    return new MemoryWeights(tensors);
  }

  @Override
  public Path path() {
    return Path.of("memory");
  }

  @Override
  public Map<String, String> metadata() {
    return Map.of();
  }

  @Override
  public boolean verify() {
    return false;
  }

  @Override
  public void close() {}
}
