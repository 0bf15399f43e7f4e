package dev.instar.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar, and what it runs on. */
final class BuildVersion implements IVersionProvider {
  /** What src/main/build/commit.sh wrote. */
  private static final String COMMIT = "commit.txt";

  /** The version of this build; {@code development} where the classes do not come from a jar. */
  static String number() {
    String version = BuildVersion.class.getPackage().getImplementationVersion();
    return version != null ? version : "development";
  }

  /**
   * The commit that it was built from, with {@code , changed} after it if the sources were not as
   * committed; {@code unknown} where they were in no repository.
   */
  static String commit() {
    try (InputStream in = BuildVersion.class.getResourceAsStream(COMMIT)) {
      return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The Java that runs it, such as {@code 17.0.15 (Debian)}. */
  static String java() {
    return Runtime.version().toString() + " (" + System.getProperty("java.vendor") + ")";
  }

  /** The operating system, such as {@code Linux 6.1.0 amd64}. */
  static String system() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + " "
        + System.getProperty("os.arch");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "instar " + number() + " (commit " + commit() + ")", "Java " + java(), system()
    };
  }
}
