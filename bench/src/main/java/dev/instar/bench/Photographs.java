package dev.instar.bench;

import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Content;
import dev.instar.pack.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * {@value #COUNT} photographs in memory, so that a benchmark measures no disk: the first JPEG files
 * of the folder {@code -p photos=DIR} by name, repeated where it holds fewer. Safe for any number
 * of threads.
 */
@State(Scope.Benchmark)
public class Photographs implements ImageSource {
  /** For {@code @OperationsPerInvocation}, so that figures are for one photograph. */
  static final int COUNT = 12;

  @Param("../shared/data/photos")
  String photos;

  private final List<Path> files = new ArrayList<>();
  private final List<Bytes> bytes = new ArrayList<>();

  @Setup
  public void open() throws IOException {
    List<Path> found;
    try (Stream<Path> listed = Files.list(Path.of(photos))) {
      found =
          listed.filter(file -> file.toString().endsWith(".jpg")).sorted().limit(COUNT).toList();
    }
    if (found.isEmpty()) {
      throw new IOException("no .jpg files in " + photos + "; name a folder with -p photos=DIR");
    }
    for (int i = 0; i < COUNT; i++) {
      files.add(found.get(i % found.size()));
      bytes.add(Bytes.copyOf(Files.readAllBytes(files.get(i))));
    }
  }

  /** The files' bytes, of which there are {@value #COUNT}. */
  List<Bytes> bytes() {
    return bytes;
  }

  /** The part in the middle with 40% of each side: what a crop around an insect takes. */
  static Region middle(Size photograph) {
    return new Region(
        photograph.width() * 3 / 10,
        photograph.height() * 3 / 10,
        photograph.width() * 4 / 10,
        photograph.height() * 4 / 10);
  }

  @Override
  public int size() {
    return COUNT;
  }

  @Override
  public String name(int index) {
    return index + "-" + files.get(index).getFileName();
  }

  @Override
  public int part(int index) {
    return 0;
  }

  @Override
  public String location(int index) {
    return files.get(index).toString();
  }

  @Override
  public Content read(int index, NativeBuffer scratch) {
    return new Content.Encoded(bytes.get(index));
  }

  @Override
  public void close() {}
}
