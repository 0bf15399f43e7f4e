package dev.instar.cli;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** The one line that a person reads when a command fails. */
final class Complaint {
  private Complaint() {}

  /**
   * What went wrong, as one sentence on one line, without the name of an exception where its
   * message can stand alone.
   */
  static String of(Throwable failure) {
    return oneLine(sentence(unwrapped(failure)));
  }

  /** The innermost cause, where native loading hides what really happened. */
  static String rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return oneLine(root.getMessage() != null ? root.getMessage() : root.toString());
  }

  /** The text without line breaks. */
  static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static Throwable unwrapped(Throwable failure) {
    boolean wrapper =
        failure instanceof UncheckedIOException
            || failure instanceof ExecutionException
            || failure instanceof CompletionException;
    return wrapper && failure.getCause() != null ? unwrapped(failure.getCause()) : failure;
  }

  private static String sentence(Throwable failure) {
    String message = failure.getMessage();
    if (failure instanceof OutOfMemoryError) {
      return "out of memory (" + message + "); INSTAR_JAVA_OPTS=-Xmx2g gives the heap more room";
    }
    if (message == null || isDefect(failure)) {
      return "unexpected " + failure + "; --debug shows where";
    }
    // These say nothing but the file's name.
    if (failure instanceof NoSuchFileException) {
      return "no such file: " + message;
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied: " + message;
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "already exists: " + message;
    }
    if (failure instanceof NotDirectoryException) {
      return "not a folder: " + message;
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "folder is not empty: " + message;
    }
    return message;
  }

  /**
   * Whether the message was written for developers: everything unchecked but the two that carry a
   * sentence about an argument or a state.
   */
  private static boolean isDefect(Throwable failure) {
    boolean unchecked = failure instanceof RuntimeException || failure instanceof Error;
    return unchecked
        && failure.getClass() != IllegalArgumentException.class
        && failure.getClass() != IllegalStateException.class
        && !failure.getClass().getName().startsWith("dev.instar.");
  }
}
