package dev.instar.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The program that started this process, which starts others of the same kind. */
final class Launcher {
  /** A debugger's port, and files that two processes cannot write. */
  private static final Pattern OF_THIS_PROCESS_ALONE =
      Pattern.compile("-agentlib|-agentpath|-javaagent|-Xrun|-XX:(ArchiveClassesAtExit|ErrorFile)");

  private Launcher() {}

  /** The launcher's path, absolute, unless Java was started by hand. */
  static Optional<Path> path() {
    return Optional.ofNullable(System.getProperty("instar.launcher")).map(Path::of);
  }

  /**
   * The command that runs Instar once more: by the launcher, or, where Java was started by hand, as
   * this process was.
   */
  static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (path().isPresent()) {
      command.add(path().get().toString());
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .filter(option -> !OF_THIS_PROCESS_ALONE.matcher(option).lookingAt())
          .forEach(command::add);
      command.add("-Dinstar.terminal=false");
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(Instar.class.getName());
    }
    command.addAll(arguments);
    return command;
  }
}
