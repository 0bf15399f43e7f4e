package dev.instar.slurm;

import java.io.IOException;

/** Slurm is missing, or refused; the message has its own words and what to do. */
public final class SlurmException extends IOException {
  private static final long serialVersionUID = 1;

  SlurmException(String message) {
    super(message);
  }

  SlurmException(String message, Throwable cause) {
    super(message, cause);
  }
}
