package dev.instar.pack;

import java.io.IOException;
import java.nio.file.Path;

/** Another program or thread writes to a folder. */
public final class FolderInUseException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Path lock;

  FolderInUseException(Path folder, Path lock) {
    super(folder + " is being written by another program or thread");
    this.lock = lock;
  }

  /** The file that the other one has locked. */
  public Path lock() {
    return lock;
  }
}
