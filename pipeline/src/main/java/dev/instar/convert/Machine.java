package dev.instar.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a measurement was taken on.
 *
 * @param instar the version of this program
 * @param java version and maker of the virtual machine
 * @param operatingSystem name, version and architecture of the operating system
 * @param processor the model that the kernel names, or {@code unknown}
 * @param cores granted to the process
 * @param jpegCodec what decoded and encoded JPEG
 */
public record Machine(
    String instar,
    String java,
    String operatingSystem,
    String processor,
    int cores,
    String jpegCodec) {
  /** This machine, with the JPEG codec that was in use. */
  public static Machine here(String codec) {
    String version = Machine.class.getPackage().getImplementationVersion();
    return new Machine(
        version == null ? "development" : version,
        System.getProperty("java.version") + " " + System.getProperty("java.vendor"),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        processorModel(),
        Runtime.getRuntime().availableProcessors(),
        codec);
  }

  private static String processorModel() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
