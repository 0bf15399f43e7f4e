package dev.instar.train;

import dev.instar.model.NamedTensor;
import dev.instar.model.Trainable;
import dev.instar.torch.StoredTensor;
import dev.instar.torch.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;

/** Tensors on their way to a file. What is made on the way belongs to the caller's scope. */
final class Weights {
  private Weights() {}

  /** A network's parameters and buffers by name. */
  static Map<String, Tensor> of(Trainable network) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (NamedTensor entry : network.state()) {
      tensors.put(entry.name(), entry.tensor());
    }
    return tensors;
  }

  /** Views of tensors as files hold them; those on a device are copied first. */
  static Map<String, StoredTensor> stored(Map<String, Tensor> tensors) {
    Map<String, StoredTensor> stored = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> stored.put(name, Tensors.stored(here(tensor))));
    return stored;
  }

  private static Tensor here(Tensor tensor) {
    if (PointerScope.getInnerScope() == null) {
      throw new IllegalStateException("no scope to own copies of tensors");
    }
    Tensor values = tensor.detach();
    return values.is_cpu() ? values : values.to(new Device(DeviceType.CPU), values.scalar_type());
  }
}
