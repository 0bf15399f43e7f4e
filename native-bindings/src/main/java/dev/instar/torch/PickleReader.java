package dev.instar.torch;

import dev.instar.image.InputException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Python's pickle machine, protocols 2 to 5 (CPython, Lib/pickletools.py), for data alone: what a
 * pickle asks to be called is looked up in {@link PickleGlobal}, a short list of names that this
 * program knows as data; any other name ends the reading before anything is done with it.
 *
 * <p>Python's values become: None {@link Optional#empty()}, bool {@link Boolean}, int {@link Long}
 * or {@link BigInteger}, float {@link Double}, str {@link String}, bytes {@code byte[]}; list,
 * tuple and set {@link List}; dict and objects {@link PickledDict}; tensors {@link TensorView}.
 * Values may contain themselves. One reader reads one pickle, on one thread.
 */
final class PickleReader {
  /** The longest pickle that is read, in bytes. The largest published models have 1 MB. */
  static final int LONGEST = 64 << 20;

  private static final int LONGEST_INTEGER = 64;

  private final ByteBuffer pickle;
  private final Refusal refusal;
  private final Allowance allowance;
  private final Map<Long, Object> memo = new HashMap<>();
  private final Deque<List<Object>> marked = new ArrayDeque<>();
  private List<Object> stack = new ArrayList<>();

  /**
   * @param pickle from its position on; what follows the pickle is not touched
   */
  PickleReader(ByteBuffer pickle, Refusal refusal) {
    this.pickle = pickle.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.refusal = refusal;
    allowance = new Allowance(refusal);
  }

  /** Reads the pickle to its end. */
  Object read() throws InputException {
    while (true) {
      allowance.spend(1);
      int operation = unsignedByte();
      if (operation == '.') {
        return pop();
      }
      if (!(pushesNumber(operation) || pushesText(operation) || usesMemo(operation))) {
        build(operation);
      }
    }
  }

  /** How many bytes were read. */
  int position() {
    return pickle.position();
  }

  private boolean pushesNumber(int operation) throws InputException {
    switch (operation) {
      case 'N' -> push(Optional.empty());
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'K' -> push((long) unsignedByte());
      case 'M' -> push((long) (take(2).getShort() & 0xffff));
      case 'J' -> push((long) take(4).getInt());
      case 0x8a -> push(integer(unsignedByte()));
      case 0x8b -> push(integer(length(take(4).getInt() & 0xffffffffL)));
      case 'G' -> push(take(8).order(ByteOrder.BIG_ENDIAN).getDouble());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean pushesText(int operation) throws InputException {
    switch (operation) {
      case 0x8c -> push(text(unsignedByte()));
      case 'X' -> push(text(take(4).getInt() & 0xffffffffL));
      case 0x8d -> push(text(take(8).getLong()));
      // Python 2's str: text in every checkpoint, so its bytes are taken as UTF-8 or Latin-1.
      case 'U' -> push(oldText(unsignedByte()));
      case 'T' -> push(oldText(take(4).getInt() & 0xffffffffL));
      case 'C' -> push(bytes(unsignedByte()));
      case 'B' -> push(bytes(take(4).getInt() & 0xffffffffL));
      case 0x8e, 0x96 -> push(bytes(take(8).getLong()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean usesMemo(int operation) throws InputException {
    switch (operation) {
      case 'q' -> memo.put((long) unsignedByte(), top());
      case 'r' -> memo.put(take(4).getInt() & 0xffffffffL, top());
      case 0x94 -> memo.put((long) memo.size(), top());
      case 'h' -> push(remembered(unsignedByte()));
      case 'j' -> push(remembered(take(4).getInt() & 0xffffffffL));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void build(int operation) throws InputException {
    switch (operation) {
      case 0x80 -> checkProtocol(unsignedByte());
      case 0x95 -> take(8); // the length of a frame, for streams
      case '(' -> {
        marked.push(stack);
        stack = new ArrayList<>();
      }
      case '0' -> pop();
      case '1' -> popToMark();
      case '2' -> push(top());
      case ')', ']', 0x8f -> push(new ArrayList<>());
      case 't', 'l', 0x91 -> push(popToMark());
      case 0x85 -> push(new ArrayList<>(List.of(pop())));
      case 0x86 -> pushTuple(2);
      case 0x87 -> pushTuple(3);
      case 'a' -> append(List.of(pop()));
      case 'e', 0x90 -> append(popToMark());
      case '}' -> push(new PickledDict(false));
      case 'd' -> {
        List<Object> items = popToMark();
        push(new PickledDict(false));
        setItems(items);
      }
      case 's' -> {
        Object value = pop();
        Object key = pop();
        setItems(List.of(key, value));
      }
      case 'u' -> setItems(popToMark());
      case 'c' -> push(global(line(), line()));
      case 0x93 -> {
        Object name = pop();
        push(global(asText(pop()), asText(name)));
      }
      case 'R', 0x81 -> {
        List<Object> arguments = asList(pop());
        push(asGlobal(pop()).call(arguments, allowance));
      }
      case 0x92 -> {
        pop(); // keyword arguments: no class of data here takes any
        List<Object> arguments = asList(pop());
        push(asGlobal(pop()).call(arguments, allowance));
      }
      case 'b' -> {
        Object state = pop();
        if (top() instanceof PickledState object) {
          object.restore(state, allowance);
        } else if (!hasAttributes(top())) {
          throw damaged("gives a state to what has none");
        }
      }
      case 'Q' -> push(StorageRef.of(asList(pop()), refusal));
      default ->
          throw refusal.unsupported(
              String.format(
                  "has a pickle with operation 0x%02x, which files of weights do not use",
                  operation));
    }
  }

  /** Whether Python may hang attributes on it, which nothing here needs. */
  private static boolean hasAttributes(Object value) {
    return value instanceof TensorView || value instanceof String || value instanceof List<?>;
  }

  private void checkProtocol(int protocol) throws InputException {
    if (protocol < 2 || protocol > 5) {
      throw refusal.unsupported("has a pickle of protocol " + protocol + "; 2 to 5 are read");
    }
  }

  private PickleGlobal global(String module, String name) throws InputException {
    String full = module + "." + name;
    return PickleGlobal.named(full)
        .orElseThrow(
            () ->
                refusal.unsupported(
                    "asks for "
                        + Quoted.of(full)
                        + ", which is not known as plain data: refused, nothing was run. If the"
                        + " file can be trusted, load it in Python and save its state_dict alone"));
  }

  private void append(List<Object> items) throws InputException {
    asList(top()).addAll(items);
  }

  private void setItems(List<Object> items) throws InputException {
    if (!(top() instanceof PickledDict dict) || items.size() % 2 != 0) {
      throw damaged("sets items of what is no dictionary");
    }
    for (int i = 0; i < items.size(); i += 2) {
      dict.put(items.get(i), items.get(i + 1), allowance);
    }
  }

  private void pushTuple(int length) throws InputException {
    if (stack.size() < length) {
      throw damaged("takes more values than there are");
    }
    List<Object> last = stack.subList(stack.size() - length, stack.size());
    List<Object> tuple = new ArrayList<>(last);
    last.clear();
    push(tuple);
  }

  private void push(Object value) {
    stack.add(value);
  }

  private Object pop() throws InputException {
    Object top = top();
    stack.remove(stack.size() - 1);
    return top;
  }

  private Object top() throws InputException {
    if (stack.isEmpty()) {
      throw damaged("takes more values than there are");
    }
    return stack.get(stack.size() - 1);
  }

  private List<Object> popToMark() throws InputException {
    if (marked.isEmpty()) {
      throw damaged("lacks a mark");
    }
    List<Object> items = stack;
    stack = marked.pop();
    return items;
  }

  private Object remembered(long key) throws InputException {
    Object value = memo.get(key);
    if (value == null) {
      throw damaged("recalls what it never kept");
    }
    return value;
  }

  private Object integer(int length) throws InputException {
    if (length > LONGEST_INTEGER) {
      throw damaged("has an integer of " + length + " bytes");
    }
    byte[] bigEndian = bytes(length);
    for (int i = 0; i < length / 2; i++) {
      byte low = bigEndian[i];
      bigEndian[i] = bigEndian[length - 1 - i];
      bigEndian[length - 1 - i] = low;
    }
    BigInteger value = length == 0 ? BigInteger.ZERO : new BigInteger(bigEndian);
    if (value.bitLength() < Long.SIZE) {
      return value.longValue();
    }
    return value;
  }

  private String text(long length) throws InputException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(take(length)).toString();
    } catch (CharacterCodingException e) {
      throw damaged("has text that is no UTF-8");
    }
  }

  private String oldText(long length) throws InputException {
    ByteBuffer bytes = take(length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
    } catch (CharacterCodingException e) {
      return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    }
  }

  private String line() throws InputException {
    int end = pickle.position();
    while (end < pickle.limit() && pickle.get(end) != '\n') {
      end++;
    }
    String line = text(end - pickle.position());
    take(1);
    return line;
  }

  private byte[] bytes(long length) throws InputException {
    ByteBuffer part = take(length);
    byte[] copy = new byte[part.remaining()];
    part.get(copy);
    return copy;
  }

  private int unsignedByte() throws InputException {
    return take(1).get() & 0xff;
  }

  private ByteBuffer take(long length) throws InputException {
    int bytes = length(length);
    ByteBuffer part = pickle.slice(pickle.position(), bytes).order(ByteOrder.LITTLE_ENDIAN);
    pickle.position(pickle.position() + bytes);
    return part;
  }

  private int length(long length) throws InputException {
    if (length < 0 || length > pickle.remaining()) {
      throw damaged("is cut short");
    }
    return (int) length;
  }

  @SuppressWarnings("unchecked") // Every List that this machine makes holds Objects.
  private List<Object> asList(Object value) throws InputException {
    if (value instanceof List<?> list) {
      return (List<Object>) list;
    }
    throw damaged("uses something else as a list");
  }

  private String asText(Object value) throws InputException {
    if (value instanceof String text) {
      return text;
    }
    throw damaged("uses something else as a name");
  }

  private PickleGlobal asGlobal(Object value) throws InputException {
    if (value instanceof PickleGlobal global) {
      return global;
    }
    throw damaged("calls what is no name");
  }

  private InputException damaged(String how) {
    return refusal.corrupt("has a damaged pickle: it " + how);
  }
}
