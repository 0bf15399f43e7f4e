package dev.instar.loader;

import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Content;
import dev.instar.pack.ImageSource;
import java.util.List;

/** A source whose records have names and parts, and no bytes. */
record NamedSource(List<String> paths) implements ImageSource {
  static NamedSource of(String... paths) {
    return new NamedSource(List.of(paths));
  }

  @Override
  public int size() {
    return paths.size();
  }

  @Override
  public String name(int index) {
    return paths.get(index).replaceFirst("^part[0-9]+/", "");
  }

  @Override
  public int part(int index) {
    String path = paths.get(index);
    return path.startsWith("part") ? Integer.parseInt(path.substring(4, path.indexOf('/'))) : 0;
  }

  @Override
  public String location(int index) {
    return paths.get(index);
  }

  @Override
  public Content read(int index, NativeBuffer scratch) {
    return new Content.Encoded(Bytes.copyOf(new byte[0]));
  }

  @Override
  public void close() {}
}
