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
 * The readers and writers of HDF5 that others wrote: h5py and h5dump, as Debian's python3-h5py and
 * hdf5-tools install them. Tests skip, visibly, where they are absent.
 */
public final class HdfTools {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path H5DUMP = Path.of("/usr/bin/h5dump");

  private static final boolean HAS_H5PY = hasH5py();

  private HdfTools() {}

  private static boolean hasH5py() {
    try {
      return Files.isExecutable(PYTHON) && run(List.of(PYTHON.toString(), "-c", "import h5py")).ok;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  /** What a Python script prints, its arguments in {@code sys.argv[1:]}. */
  public static String h5py(String script, Object... arguments) throws Exception {
    assumeTrue(HAS_H5PY, "no h5py: install python3-h5py");
    return output(PYTHON, List.of("-c", script), arguments);
  }

  /** What h5dump prints. */
  public static String h5dump(Object... arguments) throws Exception {
    assumeTrue(Files.isExecutable(H5DUMP), "no h5dump: install hdf5-tools");
    return output(H5DUMP, List.of(), arguments);
  }

  private static String output(Path program, List<String> first, Object... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(first);
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    Result result = run(command);
    assertThat(result.ok).as(result.output).isTrue();
    return result.output;
  }

  private record Result(boolean ok, String output) {}

  private static Result run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor() == 0, output);
  }
}
