package dev.instar.model;

import dev.instar.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * A tensor of a network's state, by name. Owns it.
 *
 * <p>Many of LibTorch's functions want it as an optional; that is made once, since both are handles
 * of the same tensor.
 */
final class Weight implements AutoCloseable {
  private final NamedTensor entry;
  private final TensorOptional optional;

  Weight(String name, Tensor tensor, boolean parameter) {
    this.entry = new NamedTensor(name, Tensors.keep(tensor), parameter);
    this.optional = Tensors.keep(new TensorOptional(tensor));
  }

  NamedTensor entry() {
    return entry;
  }

  Tensor tensor() {
    return entry.tensor();
  }

  TensorOptional optional() {
    return optional;
  }

  @Override
  public void close() {
    optional.close();
    entry.tensor().close();
  }
}
