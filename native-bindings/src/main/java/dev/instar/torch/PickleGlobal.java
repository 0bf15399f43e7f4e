package dev.instar.torch;

import dev.instar.image.InputException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A name that a pickle may ask for, and what stands for calling it here. This list is the whole of
 * what a file can cause.
 */
final class PickleGlobal {
  /** What this program does where Python would call the thing of that name. */
  private interface Call {
    Object on(List<Object> arguments, Allowance allowance) throws InputException;
  }

  /** Protocol 2 keeps Python 2's name for them. */
  private static final String PYTHON2_BUILTINS = "__builtin__.";

  private static final Map<String, PickleGlobal> KNOWN = known();

  private final String name;
  private final Optional<ElementType> storage;
  private final Call call;

  private PickleGlobal(String name, Optional<ElementType> storage, Call call) {
    this.name = name;
    this.storage = storage;
    this.call = call;
  }

  /** What stands for {@code name}, a module and a name in it; nothing for most. */
  static Optional<PickleGlobal> named(String name) {
    boolean python2 = name.startsWith(PYTHON2_BUILTINS);
    return Optional.ofNullable(
        KNOWN.get(python2 ? "builtins." + name.substring(PYTHON2_BUILTINS.length()) : name));
  }

  String name() {
    return name;
  }

  /** The element type, if it is a class of storages. */
  Optional<ElementType> storage() {
    return storage;
  }

  /** Whether it is a function of {@code torch._utils} that makes a tensor. */
  boolean rebuildsTensors() {
    return name.startsWith("torch._utils._rebuild");
  }

  Object call(List<Object> arguments, Allowance allowance) throws InputException {
    return call.on(arguments, allowance);
  }

  private static Map<String, PickleGlobal> known() {
    Map<String, PickleGlobal> known = new HashMap<>();
    addStorages(known);
    add(
        known,
        PickledCalls::tensor,
        "torch._utils._rebuild_tensor",
        "torch._utils._rebuild_tensor_v2");
    add(
        known,
        PickledCalls::parameter,
        "torch._utils._rebuild_parameter",
        "torch._utils._rebuild_parameter_with_state",
        "torch.nn.parameter.Parameter");
    add(known, PickledCalls::typed, "torch._tensor._rebuild_from_type_v2");
    add(
        known,
        PickledCalls::dictionary,
        "collections.OrderedDict",
        "collections.Counter",
        "builtins.dict");
    add(known, PickledCalls::defaultDictionary, "collections.defaultdict");
    add(
        known,
        (arguments, allowance) -> new PickledDict(true),
        "argparse.Namespace",
        "types.SimpleNamespace",
        "pytorch_lightning.utilities.parsing.AttributeDict",
        "lightning.pytorch.utilities.parsing.AttributeDict",
        "lightning_fabric.utilities.data.AttributeDict",
        "lightning.fabric.utilities.data.AttributeDict");
    add(
        known,
        PickledCalls::sequence,
        "torch.Size",
        "collections.deque",
        "builtins.set",
        "builtins.frozenset",
        "builtins.list",
        "builtins.tuple");
    add(
        known,
        PickledCalls::name,
        "torch.device",
        "torch.serialization._get_layout",
        "torch.torch_version.TorchVersion");
    add(
        known,
        PickledCalls::path,
        "pathlib.PosixPath",
        "pathlib.PurePosixPath",
        "pathlib.WindowsPath",
        "pathlib._local.PosixPath");
    add(known, PickledCalls::encoded, "_codecs.encode", "builtins.bytearray", "builtins.bytes");
    addNumpy(known);
    addNames(known);
    return Map.copyOf(known);
  }

  private static void addStorages(Map<String, PickleGlobal> known) {
    for (ElementType type : ElementType.values()) {
      for (String module : List.of("torch.", "torch.cuda.")) {
        String name = module + PickleWriter.storageClass(type);
        known.put(name, new PickleGlobal(name, Optional.of(type), notCallable(name)));
      }
    }
  }

  private static void addNumpy(Map<String, PickleGlobal> known) {
    for (String core : List.of("numpy.core.", "numpy._core.")) {
      add(known, NumpyType::scalar, core + "multiarray.scalar");
      add(
          known,
          (arguments, allowance) -> NumpyType.array(),
          core + "multiarray._reconstruct",
          core + "numeric._frombuffer");
    }
    add(known, NumpyType::of, "numpy.dtype");
  }

  /** Names that occur as values, or as arguments of the others, and are never called. */
  private static void addNames(Map<String, PickleGlobal> known) {
    Stream.of(
            "torch.Tensor",
            "numpy.ndarray",
            "pytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint",
            "pytorch_lightning.callbacks.early_stopping.EarlyStopping",
            "builtins.int",
            "builtins.float",
            "builtins.str",
            "builtins.bool",
            "torch.bool",
            "torch.uint8",
            "torch.int8",
            "torch.int16",
            "torch.int32",
            "torch.int64",
            "torch.float16",
            "torch.bfloat16",
            "torch.float32",
            "torch.float64",
            "torch.complex64",
            "torch.complex128")
        .forEach(name -> add(known, notCallable(name), name));
  }

  private static void add(Map<String, PickleGlobal> known, Call call, String... names) {
    for (String name : names) {
      known.put(name, new PickleGlobal(name, Optional.empty(), call));
    }
  }

  private static Call notCallable(String name) {
    return (arguments, allowance) -> {
      throw allowance
          .refusal()
          .unsupported("asks for " + name + " to be called, which is not data: refused");
    };
  }
}
