package dev.instar.hdf5;

import java.io.IOException;
import java.nio.file.Path;

/**
 * An HDF5 file cannot be read or written; the message names the file, the operation and what stood
 * in its way.
 */
public final class Hdf5Exception extends IOException {
  Hdf5Exception(Path file, String problem) {
    super(file + ": " + problem);
  }

  Hdf5Exception(Path file, String operation, String nativeMessage) {
    super(file + ": cannot " + operation + ": " + nativeMessage);
  }
}
