package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.image.CorruptImageException;
import dev.instar.image.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

final class ComplaintTest {
  @Test
  void addsWhatIsWrongWhereTheMessageIsOnlyAName() {
    assertThat(Complaint.of(new NoSuchFileException("a.h5"))).isEqualTo("no such file: a.h5");
    assertThat(Complaint.of(new AccessDeniedException("/x"))).isEqualTo("permission denied: /x");
    assertThat(Complaint.of(new FileSystemException("a", null, "Is a directory")))
        .isEqualTo("a: Is a directory");
  }

  @Test
  void looksThroughWrappersOfOtherThreads() {
    Throwable wrapped =
        new ExecutionException(new UncheckedIOException(new IOException("disk is full")));

    assertThat(Complaint.of(wrapped)).isEqualTo("disk is full");
  }

  @Test
  void keepsTheSentenceOfInputAndArgumentErrors() {
    assertThat(Complaint.of(new CorruptImageException(Fault.TRUNCATED, "cut short at row 7")))
        .isEqualTo("cut short at row 7");
    assertThat(Complaint.of(new IllegalArgumentException("JPEG quality 0")))
        .isEqualTo("JPEG quality 0");
  }

  @Test
  void namesTheExceptionWhereItIsADefectOfTheProgram() {
    assertThat(Complaint.of(new NullPointerException("x is null")))
        .contains("NullPointerException")
        .contains("--debug");
    assertThat(Complaint.of(new IOException())).contains("IOException");
  }

  @Test
  void saysHowToGiveTheHeapMoreRoom() {
    assertThat(Complaint.of(new OutOfMemoryError("Java heap space"))).contains("INSTAR_JAVA_OPTS");
  }

  @Test
  void isOneLine() {
    assertThat(Complaint.of(new IOException("first\n  second\r\nthird")))
        .isEqualTo("first second third");
  }

  @Test
  void findsTheInnermostCauseOfALoadingFailure() {
    Throwable failure =
        new ExceptionInInitializerError(new UnsatisfiedLinkError("libfoo.so: no such file"));

    assertThat(Complaint.rootOf(failure)).isEqualTo("libfoo.so: no such file");
  }
}
