package dev.instar.report;

import dev.instar.crop.Photograph;
import dev.instar.crop.PhotographReader;
import dev.instar.image.Box;
import dev.instar.image.Filter;
import dev.instar.image.InputException;
import dev.instar.image.JpegCodec;
import dev.instar.image.JpegSettings;
import dev.instar.image.JpegSettings.Subsampling;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Resampler;
import dev.instar.image.Size;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Small JPEGs of some records of a pack, for a page. */
final class Thumbnails {
  /** Twice what the page shows them at, for fine screens. */
  private static final int LONGER_SIDE = 224;

  /** What convert refuses too. */
  private static final long MOST_PIXELS = 100_000_000;

  private static final JpegSettings SETTINGS = new JpegSettings(70, Subsampling.S420);

  private Thumbnails() {}

  /**
   * Reads, reduces and encodes records.
   *
   * @param pack whatever {@code convert} reads
   * @param names those that it does not have, or that cannot be decoded, are missing from the
   *     result
   * @throws IOException if the pack cannot be read
   */
  static Map<String, byte[]> of(Path pack, Set<String> names) throws IOException {
    Map<String, byte[]> thumbnails = new HashMap<>();
    try (ImageSource source = Sources.open(List.of(pack.toString()), Limits.DEFAULT);
        Encoder encoder = new Encoder()) {
      for (int i = 0; i < source.size() && thumbnails.size() < names.size(); i++) {
        String name = source.name(i);
        if (names.contains(name) && !thumbnails.containsKey(name)) {
          try {
            thumbnails.put(name, encoder.thumbnail(source, i));
          } catch (InputException damaged) {
            // The page shows the mistake without its picture.
          }
        }
      }
    }
    return thumbnails;
  }

  /** Not thread-safe. */
  private static final class Encoder implements AutoCloseable {
    private final PhotographReader reader = new PhotographReader();
    private final Resampler resampler = Resampler.best();
    private final JpegCodec codec = JpegCodec.best();
    private final PixelBuffer small = new PixelBuffer();
    private final NativeBuffer scratch = NativeBuffer.allocate(0);
    private final NativeBuffer jpeg = NativeBuffer.allocate(0);

    byte[] thumbnail(ImageSource source, int record) throws IOException {
      Photograph photograph = Photograph.of(source.read(record, scratch), MOST_PIXELS);
      PixelBuffer picture = reader.reduced(photograph, LONGER_SIDE);
      double factor =
          Math.min(1, (double) LONGER_SIDE / Math.max(picture.width(), picture.height()));
      small.reshape(
          new Size(
              (int) Math.max(1, Math.round(factor * picture.width())),
              (int) Math.max(1, Math.round(factor * picture.height()))));
      resampler.resize(picture, Box.of(picture.size()), small, Filter.AREA);
      return jpeg.bytes(0, codec.encode(small, SETTINGS, jpeg)).toArray();
    }

    @Override
    public void close() {
      reader.close();
      resampler.close();
      codec.close();
      small.close();
      scratch.close();
      jpeg.close();
    }
  }
}
