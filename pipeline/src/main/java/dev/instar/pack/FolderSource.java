package dev.instar.pack;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.memory.NativeBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The pictures of a folder and all folders below it: files with a picture's extension whose path
 * has no hidden component. Symbolic links are followed, unless they lead back up.
 *
 * <p>Sorted by path, component by component, {@code part2} before {@code part10}. The list takes
 * about 10 bytes a file beside its path.
 */
public final class FolderSource implements ImageSource {
  private static final Pattern PART = Pattern.compile("part[0-9]{1,9}");

  private final Path folder;
  private final Limits limits;
  private final NameList paths = new NameList();

  private FolderSource(Path folder, Limits limits) {
    this.folder = folder;
    this.limits = limits;
  }

  /**
   * Lists a folder.
   *
   * @throws IOException if a folder in it cannot be listed
   * @throws InputException if there are more files than the limits allow
   */
  public static FolderSource open(Path folder, Limits limits) throws IOException {
    FolderSource source = new FolderSource(folder, limits);
    source.list(folder, "", new ArrayDeque<>());
    return source;
  }

  private void list(Path directory, String prefix, Deque<Path> above) throws IOException {
    Path real = directory.toRealPath();
    if (above.contains(real)) {
      return; // a symbolic link back up
    }
    above.push(real);
    for (String name : sorted(directory)) {
      Path child = directory.resolve(name);
      if (Files.isDirectory(child)) {
        list(child, prefix + name + "/", above);
      } else if (PublishedPath.isPicture(name)) {
        if (paths.size() == limits.entries()) {
          throw new InputException(
              Fault.UNSUPPORTED, folder + " has more than " + limits.entries() + " pictures");
        }
        paths.add((prefix + name).getBytes(StandardCharsets.UTF_8));
      }
    }
    above.pop();
  }

  private List<String> sorted(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
      for (Path child : children) {
        String name = child.getFileName().toString();
        if (!name.startsWith(".")) {
          names.add(name);
        }
      }
    } catch (DirectoryIteratorException | UncheckedIOException e) {
      throw new IOException("the folder " + directory + " cannot be listed: " + e.getMessage(), e);
    }
    names.sort(Comparator.comparing(FolderSource::partNumber).thenComparing(name -> name));
    return names;
  }

  /** The number of a part's folder; other names come after all of them. */
  private static int partNumber(String name) {
    return PART.matcher(name).matches() ? Integer.parseInt(name.substring(4)) : Integer.MAX_VALUE;
  }

  @Override
  public int size() {
    return paths.size();
  }

  @Override
  public String name(int index) {
    return PublishedPath.of(paths.get(index)).name();
  }

  @Override
  public int part(int index) {
    return PublishedPath.of(paths.get(index)).part();
  }

  @Override
  public String location(int index) {
    return folder.resolve(paths.get(index)).toString();
  }

  @Override
  public Content read(int index, NativeBuffer scratch) throws IOException {
    SafeName.check(name(index));
    Path file = folder.resolve(paths.get(index));
    return new Content.Encoded(RecordFile.read(file, limits, scratch));
  }

  @Override
  public void close() {}
}
