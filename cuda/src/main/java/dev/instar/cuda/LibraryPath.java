package dev.instar.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The folders that the dynamic linker searches, in its order: {@code LD_LIBRARY_PATH}, those of
 * {@code /etc/ld.so.conf}, the built-in ones; and after them the usual home of CUDA, which JavaCPP
 * searches too. See ld.so(8) and ldconfig(8).
 */
final class LibraryPath {
  private static final List<String> BUILT_IN =
      List.of(
          "lib/x86_64-linux-gnu",
          "usr/lib/x86_64-linux-gnu",
          "lib64",
          "usr/lib64",
          "lib",
          "usr/lib");

  private static final List<String> CUDA_HOMES =
      List.of("usr/local/cuda/lib64", "usr/local/cuda/targets/x86_64-linux/lib");

  /** Files of ld.so.conf may include each other; deeper nesting than this is a circle. */
  private static final int MAX_INCLUDES = 8;

  private final List<Path> folders;

  private LibraryPath(Set<Path> folders) {
    this.folders = folders.stream().filter(Files::isDirectory).toList();
  }

  /**
   * The path of the machine below {@code root} for a process with the given {@code
   * LD_LIBRARY_PATH}.
   */
  static LibraryPath of(Path root, String searchPath) {
    Set<Path> folders = new LinkedHashSet<>();
    Stream.of(searchPath.split("[:;]"))
        .filter(folder -> !folder.isBlank())
        .forEach(folder -> folders.add(below(root, folder)));
    addConfigured(root, root.resolve("etc/ld.so.conf"), folders, 0);
    BUILT_IN.forEach(folder -> folders.add(root.resolve(folder)));
    CUDA_HOMES.forEach(folder -> folders.add(root.resolve(folder)));
    return new LibraryPath(folders);
  }

  /** The first file of exactly this name. */
  Optional<Path> find(String file) {
    return folders.stream().map(folder -> folder.resolve(file)).filter(Files::exists).findFirst();
  }

  /** The first file whose name starts so: a library of another version. */
  Optional<Path> findPrefixed(String prefix) {
    return folders.stream().flatMap(folder -> listed(folder, prefix + "*").stream()).findFirst();
  }

  private static void addConfigured(Path root, Path file, Set<Path> folders, int depth) {
    if (depth > MAX_INCLUDES) {
      return;
    }
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      return;
    }
    for (String line : lines) {
      String entry = line.replaceFirst("#.*", "").strip();
      if (entry.startsWith("include ")) {
        Path pattern = below(root, entry.substring("include ".length()).strip());
        for (Path included : listed(pattern.getParent(), pattern.getFileName().toString())) {
          addConfigured(root, included, folders, depth + 1);
        }
      } else if (entry.startsWith("/")) {
        folders.add(below(root, entry));
      }
    }
  }

  private static List<Path> listed(Path folder, String glob) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
      return new ArrayList<>(StreamSupport.stream(files.spliterator(), false).sorted().toList());
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static Path below(Path root, String path) {
    return root.resolve(path.startsWith("/") ? path.substring(1) : path);
  }
}
