package dev.instar.pack;

/**
 * What an archive's entry is called as a record: safe ones by {@link PublishedPath}, unsafe ones as
 * they stand.
 */
final class ArchiveEntry {
  private ArchiveEntry() {}

  static String name(String entry) {
    return isSafe(entry) ? PublishedPath.of(entry).name() : entry;
  }

  static int part(String entry) {
    return isSafe(entry) ? PublishedPath.of(entry).part() : 0;
  }

  private static boolean isSafe(String entry) {
    try {
      SafeName.check(entry);
      return true;
    } catch (UnsafeNameException e) {
      return false;
    }
  }
}
