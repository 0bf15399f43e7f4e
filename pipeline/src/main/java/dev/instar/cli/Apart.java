package dev.instar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether an output keeps clear of what it is made from. */
final class Apart {
  private Apart() {}

  /**
   * Checks that no run can overwrite its input, nor take its own pictures for input the next time.
   *
   * @param folder whether the output is a folder of pictures
   * @throws IOException if the output is one of the inputs, or a folder inside one of them
   */
  static void require(Path output, boolean folder, List<String> inputs) throws IOException {
    Path place = real(output);
    for (String input : inputs) {
      Path path = Path.of(input);
      if (input.equals("-") || !Files.exists(path)) {
        continue;
      }
      Path source = path.toRealPath();
      if (place.equals(source)) {
        throw new IOException(output + " is an input too; choose another output");
      }
      boolean inside = Files.isDirectory(source) && place.startsWith(source);
      if (inside && folder) {
        throw new IOException(
            output
                + " lies in the input "
                + input
                + ", and the next run would take its pictures for input; choose a folder outside");
      }
    }
  }

  /** Where a path leads, symbolic links resolved as far as there are files. */
  private static Path real(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    for (Path above = absolute; above != null; above = above.getParent()) {
      if (Files.exists(above)) {
        return above.toRealPath().resolve(above.relativize(absolute)).normalize();
      }
    }
    return absolute;
  }
}
