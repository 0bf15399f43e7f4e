package dev.instar.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Standard output that reports what goes wrong instead of keeping it to itself as {@link
 * PrintStream} does: a full disk must not pass for a complete listing, and a closed pipe ends the
 * command instead of letting it print to nobody.
 *
 * <p>As thread-safe as the stream that it writes to.
 */
final class StandardOutput extends OutputStream {
  private final OutputStream sink;

  StandardOutput(OutputStream sink) {
    this.sink = sink;
  }

  /** Makes {@code System.out} such a stream, in UTF-8, flushed after each line. */
  static void install() {
    OutputStream sink = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    System.setOut(new PrintStream(sink, true, StandardCharsets.UTF_8));
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      sink.write(bytes, offset, length);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static RuntimeException failure(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.toLowerCase(Locale.ROOT).contains("broken pipe")
        ? new ClosedException()
        : new UncheckedIOException(
            new IOException("cannot write to standard output: " + message, e));
  }

  /** Nobody reads standard output any more; the command ends without a word. */
  static final class ClosedException extends RuntimeException {
    ClosedException() {
      super("standard output is closed");
    }
  }
}
