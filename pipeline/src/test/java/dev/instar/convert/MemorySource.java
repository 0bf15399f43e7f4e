package dev.instar.convert;

import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Content;
import dev.instar.pack.ImageSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Pictures in memory, some of which cannot be read. */
final class MemorySource implements ImageSource {
  private record Item(String name, Content content, IOException failure) {}

  private final List<Item> items = new ArrayList<>();

  MemorySource with(String name, byte[] file) {
    items.add(new Item(name, new Content.Encoded(Bytes.copyOf(file)), null));
    return this;
  }

  MemorySource with(String name, Content content) {
    items.add(new Item(name, content, null));
    return this;
  }

  MemorySource failing(String name, IOException failure) {
    items.add(new Item(name, null, failure));
    return this;
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public String name(int index) {
    return items.get(index).name();
  }

  @Override
  public int part(int index) {
    return index % 3;
  }

  @Override
  public String location(int index) {
    return "memory!" + index + "!" + name(index);
  }

  @Override
  public Content read(int index, NativeBuffer scratch) throws IOException {
    if (items.get(index).failure() != null) {
      throw items.get(index).failure();
    }
    return items.get(index).content();
  }

  @Override
  public void close() {}
}
