package dev.instar.cli;

import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * Signals of the operating system. sun.misc.Signal is the only way to them in the JDK; by
 * reflection, since the compiler warns of it without remedy.
 */
final class Signals {
  private Signals() {}

  /**
   * Has a signal handled from now on, in place of whatever handled it before.
   *
   * @param name without its SIG, such as {@code USR1}
   * @param handler is given the signal's number, in a thread of its own
   * @return whether that is possible here
   */
  static boolean handle(String name, IntConsumer handler) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handling = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handling.getClassLoader(),
              new Class<?>[] {handling},
              (self, method, arguments) -> {
                switch (method.getName()) {
                  case "handle" ->
                      handler.accept((int) type.getMethod("getNumber").invoke(arguments[0]));
                  case "equals" -> {
                    return self == arguments[0];
                  }
                  case "hashCode" -> {
                    return System.identityHashCode(self);
                  }
                  default -> {
                    return "on SIG" + name;
                  }
                }
                return null;
              });
      Object signal = type.getConstructor(String.class).newInstance(name);
      type.getMethod("handle", type, handling).invoke(null, signal, proxy);
      return true;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return false;
    }
  }
}
