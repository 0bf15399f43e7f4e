package dev.instar.pack;

import dev.instar.memory.NativeBuffer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Several sources in a row. It owns them. */
final class JoinedSource implements ImageSource {
  private final ImageSource[] sources;
  private final int[] starts;
  private final int size;

  /**
   * Joins sources.
   *
   * @throws ArithmeticException if they have more than 2,147,483,647 records together
   */
  JoinedSource(List<ImageSource> sources) {
    this.sources = sources.toArray(new ImageSource[0]);
    starts = new int[this.sources.length];
    int end = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = end;
      end = Math.addExact(end, this.sources[i].size());
    }
    size = end;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public String name(int index) {
    int which = which(index);
    return sources[which].name(index - starts[which]);
  }

  @Override
  public int part(int index) {
    int which = which(index);
    return sources[which].part(index - starts[which]);
  }

  @Override
  public String location(int index) {
    int which = which(index);
    return sources[which].location(index - starts[which]);
  }

  @Override
  public Content read(int index, NativeBuffer scratch) throws IOException {
    int which = which(index);
    return sources[which].read(index - starts[which], scratch);
  }

  /**
   * The last source that starts at or before {@code index}: of several that start there, the one
   * that is not empty.
   */
  private int which(int index) {
    Objects.checkIndex(index, size);
    int found = Arrays.binarySearch(starts, index);
    int which = found >= 0 ? found : -found - 2;
    while (which + 1 < starts.length && starts[which + 1] <= index) {
      which++;
    }
    return which;
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (ImageSource source : sources) {
      try {
        source.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
