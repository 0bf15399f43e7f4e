package dev.instar.cli;

import dev.instar.slurm.Slurm;
import dev.instar.torch.LibTorch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The machine, and the job, that something is computed on: from {@code /proc} and Slurm's
 * variables.
 */
final class Machine {
  private final Path root;
  private final Map<String, String> variables;

  /** This one. */
  Machine() {
    this(Path.of("/"), System.getenv());
  }

  /**
   * @param root of its file system
   * @param variables of the process's environment
   */
  Machine(Path root, Map<String, String> variables) {
    this.root = root;
    this.variables = variables;
  }

  /**
   * What a result should say of where it was computed, by name. Loads LibTorch.
   *
   * @param threads that load pictures
   * @param torchThreads that compute
   */
  Map<String, String> environment(int threads, int torchThreads, String device) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("java", BuildVersion.java());
    environment.put("system", BuildVersion.system());
    environment.put("processor", processor());
    environment.put("vectors", LibTorch.vectors());
    environment.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    environment.put("threads", String.valueOf(threads));
    environment.put("torch_threads", String.valueOf(torchThreads));
    environment.put("device", device);
    environment.put("host", host());
    Slurm.self(variables).ifPresent(task -> environment.put("slurm_job", task.toString()));
    return environment;
  }

  /** The processor's model as Linux names it. */
  String processor() {
    return entry("proc/cpuinfo", "(?m)^model name\\s*:\\s*(.+)$").orElse("unknown model");
  }

  /** Its name in the network. */
  String host() {
    return entry("proc/sys/kernel/hostname", "(?m)^(\\S+)$").orElse("unknown");
  }

  /** The text of a file below the root, empty where it cannot be read. */
  String read(String file) {
    try {
      return Files.readString(root.resolve(file));
    } catch (IOException e) {
      return "";
    }
  }

  /** What the first group of a pattern matches in a file below the root. */
  Optional<String> entry(String file, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(read(file));
    return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
  }
}
