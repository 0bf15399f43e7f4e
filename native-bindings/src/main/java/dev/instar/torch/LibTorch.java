package dev.instar.torch;

/** LibTorch itself: loaded once, told how many threads it may take. */
public final class LibTorch {
  private LibTorch() {}

  /**
   * Loads LibTorch, the first time it is asked; {@code threads} is how many it may use inside one
   * operation.
   *
   * @throws IllegalStateException if it cannot be loaded, with the reason and what would fix it
   */
  public static void load(int threads) {
    throw new UnsupportedOperationException();
  }

  /** The version, such as {@code 2.13.0}. */
  public static String version() {
    throw new UnsupportedOperationException();
  }
}
