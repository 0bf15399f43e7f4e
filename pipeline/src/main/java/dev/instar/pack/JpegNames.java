package dev.instar.pack;

import dev.instar.memory.Bytes;
import java.io.IOException;
import java.util.Locale;

/**
 * Gives JPEG records whose photograph was of another format an ending that says what they are:
 * {@code a.png} becomes {@code a.jpg}. For outputs whose records are files.
 */
public final class JpegNames implements ImageSink {
  private final ImageSink sink;

  /** Passes everything on to {@code sink}, which is closed with this. */
  public JpegNames(ImageSink sink) {
    this.sink = sink;
  }

  private static String jpegName(String name) {
    int dot = name.lastIndexOf('.');
    if (dot <= name.lastIndexOf('/')) {
      return name;
    }
    return switch (name.substring(dot + 1).toLowerCase(Locale.ROOT)) {
      case "png", "tif", "tiff", "webp", "bmp" -> name.substring(0, dot) + ".jpg";
      default -> name;
    };
  }

  @Override
  public String keyOf(String name) {
    return sink.keyOf(jpegName(name));
  }

  @Override
  public boolean contains(String name) {
    return sink.contains(jpegName(name));
  }

  @Override
  public int size() {
    return sink.size();
  }

  @Override
  public void append(ImageRecord record, Bytes content) throws IOException {
    sink.append(
        new ImageRecord(
            jpegName(record.name()), record.part(), record.size(), record.original(), record.box()),
        content);
  }

  @Override
  public void commit() throws IOException {
    sink.commit();
  }

  @Override
  public void finish() throws IOException {
    sink.finish();
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
