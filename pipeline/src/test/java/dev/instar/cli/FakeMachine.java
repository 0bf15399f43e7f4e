package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A home folder, an environment and JDKs that only record how they were called, for scripts to run
 * in.
 */
final class FakeMachine {
  /** The repository that is tested. */
  static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();

  /**
   * Prints its process, two variables and its arguments; where told to make a class archive, makes
   * one.
   */
  static final String RECORDING_JAVA =
      """
      #!/bin/bash
      for argument in "$@"; do
        case $argument in -XX:ArchiveClassesAtExit=*) echo classes >"${argument#*=}"; echo dumped >>"$DUMPS"; exit ;; esac
      done
      echo "pid=$$"
      echo "java=${BASH_SOURCE[0]}"
      echo "arenas=$MALLOC_ARENA_MAX"
      echo "locale=${LC_ALL:-}"
      printf '[%s]\\n' "$@"
      exit 3
      """;

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  /** How a script ended. */
  record Outcome(long pid, int status, List<String> out, String err) {
    /** What the recording java printed as {@code name=value}. */
    String value(String name) {
      return out.stream()
          .filter(line -> line.startsWith(name + "="))
          .findFirst()
          .orElseThrow(() -> new AssertionError(this))
          .substring(name.length() + 1);
    }
  }

  /**
   * A machine in {@code folder} with one JDK, whose path has a space, and the real machine's tools.
   */
  FakeMachine(Path folder) throws IOException {
    this.folder = folder;
    environment.put("HOME", folder.resolve("home").toString());
    environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    environment.put("JAVA_HOME", jdk("my jdk", "17.0.15").toString());
    environment.put("PATH", System.getenv("PATH"));
    environment.put("DUMPS", folder.resolve("dumps").toString());
    environment.put("INSTAR_NO_INSTALL", "1");
  }

  /** The variables of every script that is started; to be changed at will. */
  Map<String, String> environment() {
    return environment;
  }

  /** A JDK of a version, without a compiler. */
  Path jdk(String name, String version) throws IOException {
    Path jdk = folder.resolve(name);
    write(jdk.resolve("bin/java"), RECORDING_JAVA);
    write(jdk.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  /** Writes an executable file. */
  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  Outcome run(Path directory, String... command) throws Exception {
    return outcome(start(directory, command));
  }

  Process start(Path directory, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  static Outcome outcome(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.pid(), process.exitValue(), out.lines().toList(), err);
  }
}
