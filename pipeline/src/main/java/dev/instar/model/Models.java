package dev.instar.model;

import java.util.List;

/** All networks by name. */
public final class Models {
  private Models() {}

  public static List<Architecture> all() {
    throw new UnsupportedOperationException();
  }

  /**
   * A network with fresh weights, drawn as its original does it (torchvision, timm).
   *
   * @param name of {@link #all}, or a path of a TorchScript file
   * @throws IllegalArgumentException if there is none of that name; the message lists those that
   *     there are
   */
  public static Network create(String name, NetworkOptions options, long seed) {
    throw new UnsupportedOperationException();
  }
}
