package dev.instar.image;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Skips, visibly, the tests of the native core where it was not built. */
final class NativeCoreAssumption {
  private NativeCoreAssumption() {}

  static void check() {
    assumeTrue(
        Codecs.coreAbsence().isEmpty(), () -> "no native core: " + Codecs.coreAbsence().get());
  }
}
