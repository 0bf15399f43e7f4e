package dev.instar.torch;

import dev.instar.image.InputException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A NumPy dtype out of a pickle: what single numbers in checkpoints ({@code numpy.float64} losses
 * and accuracies) need to be read.
 */
final class NumpyType implements PickledState {
  private final String code;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  private NumpyType(String code) {
    this.code = code;
  }

  /** {@code ("f8", align, copy)}. */
  static Object of(List<Object> arguments, Allowance allowance) throws InputException {
    if (!arguments.isEmpty() && arguments.get(0) instanceof String code) {
      return new NumpyType(code);
    }
    throw allowance.refusal().corrupt("has a damaged pickle: a NumPy type without a name");
  }

  /** An array, which nothing here needs: a place for its state to go. */
  static Object array() {
    return new Array();
  }

  /** {@code (dtype, bytes)}: the number. */
  static Object scalar(List<Object> arguments, Allowance allowance) throws InputException {
    if (arguments.size() == 2
        && arguments.get(0) instanceof NumpyType type
        && arguments.get(1) instanceof byte[] bytes) {
      return type.number(ByteBuffer.wrap(bytes).order(type.order), allowance.refusal());
    }
    throw allowance.refusal().unsupported("has a NumPy value that is no number");
  }

  private Object number(ByteBuffer bytes, Refusal refusal) throws InputException {
    String wanted = code + "/" + bytes.remaining();
    return switch (wanted) {
      case "f8/8" -> bytes.getDouble();
      case "f4/4" -> (double) bytes.getFloat();
      case "i8/8" -> bytes.getLong();
      case "u8/8" -> unsigned(bytes.getLong());
      case "i4/4" -> (long) bytes.getInt();
      case "u4/4" -> bytes.getInt() & 0xffffffffL;
      case "i2/2" -> (long) bytes.getShort();
      case "u2/2" -> bytes.getShort() & 0xffffL;
      case "i1/1" -> (long) bytes.get();
      case "u1/1" -> bytes.get() & 0xffL;
      case "b1/1" -> bytes.get() != 0;
      default -> throw refusal.unsupported("has a NumPy number of type " + Quoted.of(wanted));
    };
  }

  private static Object unsigned(long value) {
    if (value < 0) {
      return new BigInteger(Long.toUnsignedString(value));
    }
    return value;
  }

  /** {@code (version, byte order, ...)}. */
  @Override
  public void restore(Object state, Allowance allowance) {
    if (state instanceof List<?> parts && parts.size() > 1 && ">".equals(parts.get(1))) {
      order = ByteOrder.BIG_ENDIAN;
    }
  }

  private static final class Array implements PickledState {
    @Override
    public void restore(Object state, Allowance allowance) {
      // Its content stays unread.
    }
  }
}
