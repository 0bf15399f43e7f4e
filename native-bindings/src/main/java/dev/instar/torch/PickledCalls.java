package dev.instar.torch;

import dev.instar.image.InputException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** What stands for the functions and classes that {@link PickleGlobal} knows. */
final class PickledCalls {
  private static final int LONGEST_TEXT = 4096;

  private PickledCalls() {}

  /** {@code (storage, offset, size, stride, ...)}: torch/_utils.py, {@code _rebuild_tensor_v2}. */
  static Object tensor(List<Object> arguments, Allowance allowance) throws InputException {
    if (arguments.size() >= 4
        && arguments.get(0) instanceof StorageRef storage
        && arguments.get(1) instanceof Long offset
        && arguments.get(2) instanceof List<?> size
        && arguments.get(3) instanceof List<?> stride) {
      allowance.spend(size.size() + stride.size());
      return TensorView.of(storage, offset, size, stride, allowance.refusal());
    }
    throw allowance
        .refusal()
        .corrupt("has a damaged pickle: it describes a tensor by other things");
  }

  /** {@code (tensor, ...)}. */
  static Object parameter(List<Object> arguments, Allowance allowance) throws InputException {
    if (!arguments.isEmpty() && arguments.get(0) instanceof TensorView tensor) {
      return tensor;
    }
    throw allowance.refusal().corrupt("has a damaged pickle: a parameter is no tensor");
  }

  /**
   * {@code (function, class, arguments, state)}: torch/_tensor.py, {@code _rebuild_from_type_v2}.
   * Only the tensor is kept.
   */
  static Object typed(List<Object> arguments, Allowance allowance) throws InputException {
    if (arguments.size() == 4
        && arguments.get(0) instanceof PickleGlobal function
        && function.rebuildsTensors()
        && arguments.get(2) instanceof List<?> inner) {
      allowance.spend(inner.size());
      return function.call(new ArrayList<>(inner), allowance);
    }
    throw allowance
        .refusal()
        .corrupt("has a damaged pickle: it describes a tensor by other things");
  }

  /** {@code ()}, {@code (dictionary)} or {@code (list of pairs)}. */
  static Object dictionary(List<Object> arguments, Allowance allowance) throws InputException {
    PickledDict dict = new PickledDict(false);
    if (arguments.isEmpty()) {
      return dict;
    }
    if (arguments.get(0) instanceof PickledDict other) {
      allowance.spend(other.items().size());
      dict.putAll(other);
    } else if (arguments.get(0) instanceof List<?> pairs) {
      allowance.spend(pairs.size());
      for (Object pair : pairs) {
        if (!(pair instanceof List<?> both) || both.size() != 2) {
          throw allowance.refusal().corrupt("has a damaged pickle: a dictionary without pairs");
        }
        dict.put(both.get(0), both.get(1), allowance);
      }
    }
    return dict;
  }

  /** {@code (factory)} or {@code (factory, ...)} as {@link #dictionary}. */
  static Object defaultDictionary(List<Object> arguments, Allowance allowance)
      throws InputException {
    return dictionary(
        arguments.subList(Math.min(1, arguments.size()), arguments.size()), allowance);
  }

  /** {@code (list)} or {@code ()}. */
  static Object sequence(List<Object> arguments, Allowance allowance) throws InputException {
    List<Object> sequence = new ArrayList<>();
    if (!arguments.isEmpty() && arguments.get(0) instanceof List<?> list) {
      allowance.spend(list.size());
      sequence.addAll(list);
    }
    return sequence;
  }

  /** The parts of a path, the first of which may be its root. */
  static Object path(List<Object> arguments, Allowance allowance) throws InputException {
    String path = joined("/", arguments, allowance);
    return path.startsWith("//") ? path.substring(1) : path;
  }

  /** A name and perhaps a number: {@code cuda:0}. */
  static Object name(List<Object> arguments, Allowance allowance) throws InputException {
    return joined(":", arguments, allowance);
  }

  private static String joined(String separator, List<Object> arguments, Allowance allowance)
      throws InputException {
    StringJoiner joined = new StringJoiner(separator);
    for (Object argument : arguments) {
      if (!(argument instanceof String || argument instanceof Long)) {
        throw allowance.refusal().corrupt("has a damaged pickle: a name is no text");
      }
      joined.add(argument.toString());
      if (joined.length() > LONGEST_TEXT) {
        throw allowance.refusal().tooLarge("has a path or device of great length");
      }
    }
    allowance.spendBytes(joined.length());
    return joined.toString();
  }

  /** {@code (text, encoding)} or {@code (bytes)}: how protocol 2 writes bytes. */
  static Object encoded(List<Object> arguments, Allowance allowance) throws InputException {
    Optional<Object> first = arguments.stream().findFirst();
    if (first.isEmpty()) {
      return new byte[0];
    }
    if (first.get() instanceof byte[] bytes) {
      return bytes;
    }
    if (first.get() instanceof String text) {
      allowance.spendBytes(text.length());
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
    throw allowance.refusal().corrupt("has a damaged pickle: bytes that are no text");
  }
}
