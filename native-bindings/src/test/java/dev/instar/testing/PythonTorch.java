package dev.instar.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * PyTorch as others wrote it: Debian's python3-torch. Tests that need it skip, visibly, where it is
 * absent.
 */
public final class PythonTorch {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  private PythonTorch() {}

  /** What a Python script that imports torch prints, its arguments in {@code sys.argv[1:]}. */
  public static String run(String script, Object... arguments) throws Exception {
    assumeTrue(isInstalled(), "no PyTorch in Python: install python3-torch");
    List<String> command = new ArrayList<>(List.of(PYTHON.toString(), "-c", script));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /** Looks for its folder: to import it takes seconds. */
  private static boolean isInstalled() throws IOException {
    return Files.isExecutable(PYTHON)
        && Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/torch"));
  }
}
