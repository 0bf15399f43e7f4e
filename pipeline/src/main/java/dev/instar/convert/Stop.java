package dev.instar.convert;

/** Asked between records whether work shall end early. */
@FunctionalInterface
public interface Stop {
  /** Never. */
  Stop NEVER = () -> false;

  /** Whether to end now. Thread-safe. */
  boolean requested();
}
