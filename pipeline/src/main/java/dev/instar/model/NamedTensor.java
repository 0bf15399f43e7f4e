package dev.instar.model;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * One entry of a network's state.
 *
 * @param name as in PyTorch's {@code state_dict}
 * @param tensor the network's own; it is changed in place
 * @param parameter whether it is trained; if not it is a buffer, such as a running mean
 */
public record NamedTensor(String name, Tensor tensor, boolean parameter) {
  /** Moves the tensor; one that does not hold floating-point numbers keeps its type. */
  @SuppressWarnings("try") // the scope owns what is made on the way
  void to(Device device, ScalarType type) {
    try (PointerScope scope = new PointerScope()) {
      ScalarType kept = tensor.is_floating_point() ? type : tensor.scalar_type();
      tensor.set_data(tensor.detach().to(device, kept));
    }
  }

  /** Lays a tensor of four dimensions out channels-last, or back. */
  @SuppressWarnings("try") // the scope owns what is made on the way
  void channelsLast(boolean on) {
    if (tensor.dim() == 4) {
      try (PointerScope scope = new PointerScope()) {
        MemoryFormat format = on ? MemoryFormat.ChannelsLast : MemoryFormat.Contiguous;
        tensor.set_data(tensor.detach().contiguous(format));
      }
    }
  }
}
