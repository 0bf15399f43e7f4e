package dev.instar.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process that wants a lease: {@code race} takes it again and again and notes in {@code
 * FOLDER/../log} when it has it; {@code hold} takes it once and ends when it is lost.
 */
final class LeaseContender {
  static final Lease.Rhythm QUICK =
      new Lease.Rhythm(Duration.ofMillis(50), Duration.ofMillis(150), Duration.ofMillis(600));

  private LeaseContender() {}

  static Process start(String what, Path folder, int times) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx64m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(LeaseContender.class.getName(), what, folder.toString()));
    command.add(String.valueOf(times));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  static Path log(Path folder) {
    return folder.resolveSibling("log");
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    if (arguments[0].equals("race")) {
      race(folder, Integer.parseInt(arguments[2]));
    } else {
      hold(folder);
    }
  }

  private static void race(Path folder, int times) throws Exception {
    for (int taken = 0; taken < times; ) {
      Optional<Lease> lease = Lease.take(folder, QUICK, LeaseClocks.REAL);
      if (lease.isPresent()) {
        try (Lease held = lease.get()) {
          note(folder, "+ ");
          Thread.sleep(2);
          if (held.lost()) {
            note(folder, "lost ");
          }
          note(folder, "- ");
          taken++;
        }
      }
      Thread.sleep(1);
    }
  }

  private static void hold(Path folder) throws Exception {
    try (Lease lease = Lease.take(folder, QUICK, LeaseClocks.REAL).orElseThrow()) {
      note(folder, "+ ");
      while (!lease.lost()) {
        Thread.sleep(5);
      }
      note(folder, "lost ");
    }
  }

  private static void note(Path folder, String what) throws IOException {
    Files.write(
        log(folder),
        (what + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
