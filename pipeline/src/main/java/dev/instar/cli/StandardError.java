package dev.instar.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard error in UTF-8, without one sentence that JavaCPP prints for each preset whose version
 * is not JavaCPP's own. The versions are chosen so: HDF5's last preset is of JavaCPP 1.5.10, and
 * OpenBLAS has none of 1.5.14.
 */
final class StandardError extends PrintStream {
  private static final String PRESETS = "Warning: Versions of org.bytedeco:";

  private StandardError() {
    super(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
  }

  /** Makes {@code System.err} such a stream. */
  static void install() {
    System.setErr(new StandardError());
  }

  @Override
  public void println(String line) {
    if (line == null || !line.startsWith(PRESETS)) {
      super.println(line);
    }
  }
}
