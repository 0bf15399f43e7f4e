package dev.instar.convert;

import dev.instar.memory.Bytes;
import dev.instar.pack.ImageRecord;
import dev.instar.pack.ImageSink;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A collection in memory that can be made to fail. */
final class MemorySink implements ImageSink {
  record Kept(ImageRecord record, byte[] bytes) {}

  final Map<String, Kept> kept = new LinkedHashMap<>();
  boolean finished;
  int failAfter = Integer.MAX_VALUE;

  @Override
  public boolean contains(String name) {
    return kept.containsKey(name);
  }

  @Override
  public int size() {
    return kept.size();
  }

  @Override
  public void append(ImageRecord record, Bytes content) throws IOException {
    if (kept.size() >= failAfter) {
      throw new IOException("No space left on device");
    }
    if (kept.put(record.name(), new Kept(record, content.toArray())) != null) {
      throw new IllegalStateException(record.name() + " was appended twice");
    }
  }

  @Override
  public void commit() {}

  @Override
  public void finish() {
    finished = true;
  }

  @Override
  public void close() {}
}
