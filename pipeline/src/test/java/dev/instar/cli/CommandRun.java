package dev.instar.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command and what it came to.
 *
 * @param out what it printed
 * @param err what it complained of
 */
record CommandRun(int status, String out, String err) {
  private static final List<String> LAUNCHER_FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xmx512m",
          "-Dinstar.terminal=false",
          "-Dorg.bytedeco.javacpp.nopointergc=true",
          "-Dorg.bytedeco.javacpp.maxBytes=0",
          "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");

  /** Runs a command in this JVM. */
  static CommandRun of(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Instar.run(new PrintWriter(out, true), new PrintWriter(err, true), texts(arguments));
    return new CommandRun(status, out.toString(), err.toString());
  }

  /** Starts a command in a JVM of its own, with the launcher's flags; its output goes to files. */
  static Process start(Path folder, Map<String, String> environment, Object... arguments)
      throws IOException {
    List<String> command = command();
    command.addAll(List.of(texts(arguments)));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    builder.environment().putAll(environment);
    builder.redirectOutput(folder.resolve("child.out").toFile());
    builder.redirectError(folder.resolve("child.err").toFile());
    return builder.start();
  }

  /** Writes a program that is Instar as {@link #start} starts it, with one core to itself. */
  static Path launcher(Path file) throws IOException {
    List<String> command = command();
    command.add(1, "-XX:ActiveProcessorCount=1");
    Files.writeString(
        file,
        "#!/bin/sh\nexport GOMP_SPINCOUNT=10000 MALLOC_ARENA_MAX=2\nexec '"
            + String.join("' '", command)
            + "' \"$@\"\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(LAUNCHER_FLAGS);
    command.add(
        "-Dorg.bytedeco.javacpp.cachedir=" + System.getProperty("org.bytedeco.javacpp.cachedir"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.instar.cli.Instar"));
    return command;
  }

  /** The end of a command that {@link #start} began. */
  static CommandRun end(Process process, Path folder) throws IOException, InterruptedException {
    int status = process.waitFor();
    return new CommandRun(
        status,
        Files.readString(folder.resolve("child.out")),
        Files.readString(folder.resolve("child.err")));
  }

  private static String[] texts(Object... arguments) {
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    return texts;
  }
}
