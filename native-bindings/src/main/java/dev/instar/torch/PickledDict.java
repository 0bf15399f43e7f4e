package dev.instar.torch;

import dev.instar.image.InputException;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A dictionary, or an object of a known class as the dictionary of its attributes, out of a pickle.
 *
 * <p>Keys are kept as the parts of a path that they become: text as it is, an int as {@code int:7}.
 */
final class PickledDict implements PickledState {
  private static final int LONGEST_TUPLE_KEY = 1000;

  private final Map<String, Object> items = new LinkedHashMap<>();
  private final boolean object;

  /**
   * @param object whether its state is its content; that of a dictionary is attributes beside it,
   *     such as {@code _metadata} of a state_dict, and dropped
   */
  PickledDict(boolean object) {
    this.object = object;
  }

  Map<String, Object> items() {
    return items;
  }

  void put(Object key, Object value, Allowance allowance) throws InputException {
    items.put(part(key, allowance), value);
  }

  void putAll(PickledDict other) {
    items.putAll(other.items);
  }

  @Override
  public void restore(Object state, Allowance allowance) throws InputException {
    if (!object) {
      return;
    }
    // With __slots__ the state is a pair: attributes, and those in slots.
    List<?> parts = state instanceof List<?> list ? list : List.of(state);
    for (Object part : parts) {
      allowance.spend(1);
      if (part instanceof PickledDict dict && dict != this) {
        allowance.spend(dict.items.size());
        putAll(dict);
      }
    }
  }

  private static String part(Object key, Allowance allowance) throws InputException {
    if (key instanceof List<?> tuple) {
      StringJoiner joined = new StringJoiner(", ", "(", ")");
      for (Object element : tuple) {
        joined.add(scalar(element, allowance));
        if (joined.length() > LONGEST_TUPLE_KEY) {
          throw allowance
              .refusal()
              .tooLarge("has a dictionary with a tuple of great length as a key");
        }
      }
      allowance.spendBytes(joined.length());
      return joined.toString();
    }
    return scalar(key, allowance);
  }

  private static String scalar(Object key, Allowance allowance) throws InputException {
    if (key instanceof String text) {
      return text;
    }
    if (key instanceof Long || key instanceof BigInteger) {
      return "int:" + key;
    }
    if (key instanceof Boolean truth) {
      return truth ? "bool:True" : "bool:False";
    }
    if (key instanceof Double number) {
      return "float:" + number;
    }
    if (key instanceof PickleGlobal global) {
      return global.name();
    }
    if (key instanceof Optional<?>) {
      return "None";
    }
    throw allowance
        .refusal()
        .unsupported("has a dictionary whose keys are neither text nor numbers");
  }
}
