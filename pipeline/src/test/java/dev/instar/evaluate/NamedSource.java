package dev.instar.evaluate;

import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Content;
import dev.instar.pack.ImageSource;
import java.util.List;

/** Records that have names and nothing else. */
record NamedSource(List<String> names) implements ImageSource {
  @Override
  public int size() {
    return names.size();
  }

  @Override
  public String name(int index) {
    return names.get(index);
  }

  @Override
  public int part(int index) {
    return 0;
  }

  @Override
  public String location(int index) {
    return "memory!" + name(index);
  }

  @Override
  public Content read(int index, NativeBuffer scratch) {
    throw new UnsupportedOperationException("a name is all there is");
  }

  @Override
  public void close() {}
}
