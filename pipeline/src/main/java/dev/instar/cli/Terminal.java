package dev.instar.cli;

/**
 * Whether a person looks at the output; Java cannot tell for standard error alone, so the launcher
 * does.
 */
final class Terminal {
  private Terminal() {}

  /** Whether standard error is a terminal. */
  static boolean onStandardError() {
    String told = System.getProperty("instar.terminal");
    return told != null ? Boolean.parseBoolean(told) : System.console() != null;
  }
}
