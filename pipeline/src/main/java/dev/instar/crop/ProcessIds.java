package dev.instar.crop;

import java.util.Locale;
import java.util.Set;

/** What BIOSCAN-5M calls a photograph: its file name without its ending. */
final class ProcessIds {
  private static final Set<String> PICTURES =
      Set.of("jpg", "jpeg", "png", "bmp", "tif", "tiff", "webp", "gif");

  private ProcessIds() {}

  /** The name without folders and without an ending that is one of pictures. */
  static String of(String name) {
    String fileName = name.substring(name.lastIndexOf('/') + 1);
    int dot = fileName.lastIndexOf('.');
    boolean picture =
        dot > 0 && PICTURES.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
    return picture ? fileName.substring(0, dot) : fileName;
  }

  /** Whether a table of tabs, which has no quotes, can hold it. */
  static boolean fits(String id) {
    return !id.isEmpty() && id.equals(id.strip()) && id.chars().noneMatch(Character::isISOControl);
  }
}
