package dev.instar.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar, and what it runs on. */
final class BuildVersion implements IVersionProvider {
  /** The version of this build; {@code development} where the classes do not come from a jar. */
  static String number() {
    String version = BuildVersion.class.getPackage().getImplementationVersion();
    return version != null ? version : "development";
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
    return new String[] {"instar " + number(), "Java " + java(), system()};
  }
}
