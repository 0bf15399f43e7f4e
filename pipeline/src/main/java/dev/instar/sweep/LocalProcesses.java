package dev.instar.sweep;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The processes of this host, as Linux shows them under {@code /proc}; elsewhere nothing is known
 * of them, and nobody is ever said to have ended.
 */
final class LocalProcesses {
  /** The name of this host. */
  static final String HOST = host();

  /** This boot of the host and, in a container, whose processes are numbered; empty if unknown. */
  static final String BOOT = boot();

  /** Fields of {@code /proc/PID/stat} after the name of the program (proc(5)): state is field 3. */
  private static final int STATE = 0;

  /** Field 22, in clock ticks since boot. */
  private static final int START = 19;

  private LocalProcesses() {}

  private static String host() {
    String name = line(Path.of("/proc/sys/kernel/hostname")).orElse("");
    if (!name.isEmpty()) {
      return name;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static String boot() {
    Optional<String> kernel = line(Path.of("/proc/sys/kernel/random/boot_id"));
    try {
      Path numbers = Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
      return kernel.map(id -> id + " " + numbers).orElse("");
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  /** When a process started, in clock ticks since boot; empty if there is none or nobody knows. */
  static Optional<String> started(long process) {
    return stat(process).map(fields -> fields[START]);
  }

  /**
   * Whether the process of that number and start has ended.
   *
   * @param started of {@link #started}
   */
  static boolean ended(long process, String started) {
    Optional<String[]> fields = stat(process);
    if (fields.isEmpty()) {
      // Where /proc hides the processes of others (hidepid), the first one is not to be seen
      // either.
      return !started.isEmpty() && stat(1).isPresent();
    }
    // A zombie has ended; its parent has not asked yet.
    return fields.get()[STATE].matches("[ZXx]") || !fields.get()[START].equals(started);
  }

  private static Optional<String[]> stat(long process) {
    // The name of the program stands in brackets and may hold spaces and brackets itself.
    return line(Path.of("/proc", String.valueOf(process), "stat"))
        .map(line -> line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1))
        .filter(fields -> fields.length > START);
  }

  private static Optional<String> line(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
