package dev.instar.model;

import dev.instar.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.NamedJitModule;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.named_buffer_iterator;
import org.bytedeco.pytorch.named_buffer_list;
import org.bytedeco.pytorch.named_module_iterator;
import org.bytedeco.pytorch.named_module_list;
import org.bytedeco.pytorch.named_parameter_iterator;
import org.bytedeco.pytorch.named_parameter_list;

/** The tensors of a TorchScript module in the order of PyTorch's {@code state_dict}. */
final class ModuleState {
  private ModuleState() {}

  /** Parameters, then buffers, of one module after the other; the caller closes the tensors. */
  @SuppressWarnings("try") // the scope owns what is made on the way
  static List<NamedTensor> of(JitModule module) {
    List<NamedTensor> state = new ArrayList<>();
    try (PointerScope scope = new PointerScope()) {
      named_module_list modules = module.named_modules();
      named_module_iterator next = modules.begin();
      for (long i = 0; i < modules.size(); i++) {
        NamedJitModule named = next.multiply();
        BytePointer name = named.name(); // null for the empty name of the whole
        add(named.value(), name == null ? "" : name.getString() + ".", state);
        next.increment();
      }
    }
    return List.copyOf(state);
  }

  private static void add(JitModule module, String prefix, List<NamedTensor> state) {
    named_parameter_list parameters = module.named_parameters(false);
    named_parameter_iterator parameter = parameters.begin();
    for (long i = 0; i < parameters.size(); i++) {
      add(
          parameter.multiply().name().getString(),
          parameter.multiply().value(),
          true,
          prefix,
          state);
      parameter.increment();
    }
    named_buffer_list buffers = module.named_buffers(false);
    named_buffer_iterator buffer = buffers.begin();
    for (long i = 0; i < buffers.size(); i++) {
      add(buffer.multiply().name().getString(), buffer.multiply().value(), false, prefix, state);
      buffer.increment();
    }
  }

  private static void add(
      String name, Tensor tensor, boolean parameter, String prefix, List<NamedTensor> state) {
    // A handle of our own: the iterator's goes with it.
    state.add(new NamedTensor(prefix + name, Tensors.keep(new Tensor(tensor)), parameter));
  }
}
