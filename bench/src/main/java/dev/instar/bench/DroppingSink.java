package dev.instar.bench;

import dev.instar.memory.Bytes;
import dev.instar.pack.ImageRecord;
import dev.instar.pack.ImageSink;

/** Takes everything and keeps nothing. */
final class DroppingSink implements ImageSink {
  private int size;

  @Override
  public boolean contains(String name) {
    return false;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void append(ImageRecord record, Bytes content) {
    size++;
  }

  @Override
  public void commit() {}

  @Override
  public void finish() {}

  @Override
  public void close() {}
}
