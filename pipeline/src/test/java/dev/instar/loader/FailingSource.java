package dev.instar.loader;

import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Content;
import dev.instar.pack.ImageSource;
import java.io.IOException;

/** A source that cannot be read any more, for a reason that is not its records'. */
record FailingSource() implements ImageSource {
  @Override
  public int size() {
    return 3;
  }

  @Override
  public String name(int index) {
    return index + ".jpg";
  }

  @Override
  public int part(int index) {
    return 0;
  }

  @Override
  public String location(int index) {
    return "the disk";
  }

  @Override
  public Content read(int index, NativeBuffer scratch) throws IOException {
    throw new IOException("it is gone");
  }

  @Override
  public void close() {}
}
