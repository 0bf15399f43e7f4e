package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What ends a process that computes with LibTorch, whose static objects an orderly exit removes.
 */
final class SignalsTest {
  @TempDir private Path folder;

  /** Waits for a signal, with a hook that an orderly exit would run. */
  static final class Waiting {
    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0]);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    try {
                      Files.createFile(folder.resolve("orderly"));
                    } catch (IOException e) {
                      throw new IllegalStateException(e);
                    }
                  }));
      Instar.endAtOnceWhenTold();
      if (arguments[1].equals("listening")) {
        StopSignal stop = StopSignal.listen(System.err);
        Files.createFile(folder.resolve("ready"));
        while (!stop.requested()) {
          Thread.sleep(5);
        }
        StopSignal.release();
      } else {
        Files.createFile(folder.resolve("ready"));
      }
      new CountDownLatch(1).await();
    }
  }

  @Test
  void aCommandThatDoesNotListenIsEndedAtOnce() throws Exception {
    assertThat(endOf("deaf")).isEqualTo(ExitStatus.SIGNALLED + 15);
    assertThat(folder.resolve("orderly")).doesNotExist();
  }

  @Test
  void aCommandThatListensIsAskedFirst() throws Exception {
    assertThat(endOf("listening")).isEqualTo(ExitStatus.SIGNALLED + 15);
    assertThat(folder.resolve("orderly")).exists();
  }

  @Test
  void aSignalThatDoesNotExistCannotBeHandled() {
    assertThat(Signals.handle("NOSUCHSIGNAL", number -> {})).isFalse();
  }

  private int endOf(String how) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Waiting.class.getName(),
                    folder.toString(),
                    how))
            .inheritIO()
            .start();
    while (!Files.exists(folder.resolve("ready"))) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(10);
    }
    process.destroy(); // SIGTERM: others may be ignored, as batch systems and nohup have it
    boolean ended = process.waitFor(1, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).isTrue();
    return process.exitValue();
  }
}
