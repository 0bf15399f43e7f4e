package dev.instar.torch;

import dev.instar.image.InputException;

/** Where the storages of a checkpoint are found by the names that its pickle gives them. */
interface Storages {
  /**
   * The content of {@code storage}.
   *
   * @throws InputException if the file has none of that name
   */
  Stretch content(StorageRef storage) throws InputException;
}
