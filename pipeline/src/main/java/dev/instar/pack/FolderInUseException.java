package dev.instar.pack;

import java.io.IOException;
import java.nio.file.Path;

/** Another program or thread writes to a folder. */
public final class FolderInUseException extends IOException {
  private static final long serialVersionUID = 1;

  FolderInUseException(Path folder) {
    super(folder + " is being written by another program or thread");
  }
}
