package dev.instar.pack;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path as BIOSCAN publishes photographs, {@code bioscan/images/<package>/part{n}/<file>}, and how
 * a name and a part follow from any path.
 *
 * @param name what follows the last folder called {@code part{n}}; without one, what follows {@code
 *     bioscan/images/<package>/}, or else the whole path
 * @param part the {@code n}, or 0
 */
record PublishedPath(String name, int part) {
  private static final Pattern IN_PART =
      Pattern.compile("(?:.*/)?part([0-9]{1,9})/(.+)", Pattern.DOTALL);
  private static final Pattern IN_PACKAGE =
      Pattern.compile("bioscan/images/[^/]+/(.+)", Pattern.DOTALL);
  private static final Set<String> PICTURES =
      Set.of("jpg", "jpeg", "jpe", "jfif", "png", "tif", "tiff", "webp", "bmp");

  static PublishedPath of(String path) {
    Matcher inPart = IN_PART.matcher(path);
    if (inPart.matches()) {
      return new PublishedPath(inPart.group(2), Integer.parseInt(inPart.group(1)));
    }
    Matcher inPackage = IN_PACKAGE.matcher(path);
    return new PublishedPath(inPackage.matches() ? inPackage.group(1) : path, 0);
  }

  /** The path below the folder of the package. */
  String inPackage() {
    return part == 0 ? name : "part" + part + "/" + name;
  }

  /** Whether a path is that of a picture, by its extension, and not hidden. */
  static boolean isPicture(String path) {
    int dot = path.lastIndexOf('.');
    return dot >= 0
        && PICTURES.contains(path.substring(dot + 1).toLowerCase(Locale.ROOT))
        && !isHidden(path);
  }

  private static boolean isHidden(String path) {
    for (String component : path.split("/")) {
      if (component.startsWith(".") && !component.equals(".") && !component.equals("..")) {
        return true;
      }
    }
    return false;
  }
}
