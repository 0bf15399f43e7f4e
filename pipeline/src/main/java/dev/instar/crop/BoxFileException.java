package dev.instar.crop;

import java.io.IOException;

/**
 * A box file cannot be used as a whole; the message names the file, the line where one is to blame,
 * and what is wrong there.
 */
public final class BoxFileException extends IOException {
  BoxFileException(String file, long line, String problem) {
    super(file + ":" + line + ": " + problem);
  }

  BoxFileException(String file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
