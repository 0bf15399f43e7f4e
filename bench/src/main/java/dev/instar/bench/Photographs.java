package dev.instar.bench;

import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Content;
import dev.instar.pack.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JPEG files of a folder, in memory, so that a benchmark measures no disk. Safe for any number
 * of threads.
 */
final class Photographs implements ImageSource {
  private final List<Path> files;
  private final List<Bytes> bytes;

  private Photographs(List<Path> files, List<Bytes> bytes) {
    this.files = files;
    this.bytes = bytes;
  }

  static Photographs of(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files =
          listed
              .filter(file -> file.getFileName().toString().endsWith(".jpg"))
              .sorted()
              .collect(Collectors.toList());
    }
    if (files.isEmpty()) {
      throw new IOException("no .jpg files in " + folder + "; name a folder with -p photos=DIR");
    }
    List<Bytes> bytes = new java.util.ArrayList<>();
    for (Path file : files) {
      bytes.add(Bytes.copyOf(Files.readAllBytes(file)));
    }
    return new Photographs(files, bytes);
  }

  List<Bytes> bytes() {
    return bytes;
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public String name(int index) {
    return files.get(index).getFileName().toString();
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
