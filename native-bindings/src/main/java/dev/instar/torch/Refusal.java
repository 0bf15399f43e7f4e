package dev.instar.torch;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import java.nio.file.Path;

/** Why a file of weights is not read, in a sentence that begins with its name. */
record Refusal(Path file) {
  InputException corrupt(String why) {
    return new InputException(Fault.CORRUPT, file + " " + why);
  }

  InputException corrupt(String why, Exception cause) {
    return new InputException(Fault.CORRUPT, file + " " + why, cause);
  }

  InputException unsupported(String why) {
    return new InputException(Fault.UNSUPPORTED, file + " " + why);
  }

  InputException tooLarge(String why) {
    return new InputException(Fault.TOO_MANY_BYTES, file + " " + why);
  }
}
