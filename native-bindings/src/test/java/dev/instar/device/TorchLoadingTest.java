package dev.instar.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LibTorch, loaded where the system has something else of that name. */
final class TorchLoadingTest {
  @TempDir private Path elsewhere;

  /** Prints the version of the LibTorch that was loaded. */
  public static final class Version {
    private Version() {}

    /** Needs no arguments. */
    public static void main(String[] arguments) {
      System.out.println("loaded " + NativeLibrary.TORCH.version());
    }
  }

  @Test
  void ourLibTorchIsTakenThoughTheLinkerIsToldOfAnother() throws Exception {
    for (String library : List.of("libtorch_cpu.so", "libc10.so", "libgomp.so.1")) {
      Files.writeString(elsewhere.resolve(library), "not a library");
    }
    assertThat(printed()).contains("loaded 2.");
  }

  private String printed() throws IOException, InterruptedException {
    ProcessBuilder java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.bytedeco.javacpp.nopointergc=true",
                "-Dorg.bytedeco.javacpp.cachedir="
                    + System.getProperty("org.bytedeco.javacpp.cachedir"),
                "-XX:ErrorFile=" + elsewhere.resolve("crash.log"),
                "-cp",
                System.getProperty("java.class.path"),
                Version.class.getName())
            .redirectErrorStream(true);
    java.environment().put("LD_LIBRARY_PATH", elsewhere.toString());
    Process process = java.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }
}
