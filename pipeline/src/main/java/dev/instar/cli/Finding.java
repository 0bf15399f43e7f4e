package dev.instar.cli;

/**
 * One line of {@code instar doctor}.
 *
 * @param state how it stands
 * @param topic what was looked at
 * @param text what was found
 * @param remedy what would mend or improve it, empty where nothing needs to
 */
record Finding(State state, String topic, String text, String remedy) {
  /** How one thing stands. */
  enum State {
    OK,
    /** Works, but something should be changed. */
    WARN,
    /** Not there, and not needed. */
    OFF,
    /** Needed and broken: conversions will fail. */
    FAIL
  }

  static Finding ok(String topic, String text) {
    return new Finding(State.OK, topic, text, "");
  }

  static Finding warn(String topic, String text, String remedy) {
    return new Finding(State.WARN, topic, text, remedy);
  }

  static Finding off(String topic, String text, String remedy) {
    return new Finding(State.OFF, topic, text, remedy);
  }

  static Finding fail(String topic, String text, String remedy) {
    return new Finding(State.FAIL, topic, text, remedy);
  }
}
