package dev.instar.pack;

import dev.instar.image.CorruptImageException;
import dev.instar.image.Fault;
import dev.instar.image.ImageFormat;
import dev.instar.image.ImageHeader;
import dev.instar.image.JpegCodec;
import dev.instar.image.PixelBuffer;
import dev.instar.image.RasterDecoder;
import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.memory.NativeBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a look at every record of a collection found.
 *
 * @param records the number of records
 * @param damaged those that are not whole, in their order
 */
public record Verification(int records, List<Damage> damaged) {
  /** The most pixels that are decoded; records of a pack have some 90,000. */
  private static final long MOST_PIXELS = 400_000_000;

  /** One record that is not whole. */
  public record Damage(int index, String name, String location, String message) {}

  /**
   * Is told how many records are done, and how many of them are damaged; by any of the threads, one
   * at a time.
   */
  @FunctionalInterface
  public interface Watcher {
    void done(int records, int damaged);
  }

  /**
   * Looks at every record.
   *
   * @param decode whether pictures are decoded; those of a pack have their checksum compared in any
   *     case
   * @param threads the number of threads, at least 1
   */
  public static Verification of(ImageSource source, boolean decode, int threads, Watcher watcher)
      throws IOException, InterruptedException {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Damage> damaged = new ArrayList<>();
    int[] done = {0};
    List<Thread> workers = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Thread worker =
          new Thread(
              () -> {
                try (Examiner examiner = new Examiner(source, decode)) {
                  for (int i = next.getAndIncrement();
                      i < source.size();
                      i = next.getAndIncrement()) {
                    String fault = examiner.fault(i);
                    synchronized (damaged) {
                      done[0]++;
                      if (fault != null) {
                        damaged.add(new Damage(i, source.name(i), source.location(i), fault));
                      }
                      watcher.done(done[0], damaged.size());
                    }
                  }
                } catch (Throwable cause) {
                  failure.compareAndSet(null, cause);
                  next.set(source.size());
                }
              },
              "instar-verify-" + t);
      worker.start();
      workers.add(worker);
    }
    for (Thread worker : workers) {
      worker.join();
    }
    if (failure.get() != null) {
      throw new IOException("verifying failed: " + failure.get().getMessage(), failure.get());
    }
    damaged.sort(Comparator.comparingInt(Damage::index));
    return new Verification(source.size(), List.copyOf(damaged));
  }

  /** Looks at one record after another, with buffers of its own. */
  private static final class Examiner implements AutoCloseable {
    private final ImageSource source;
    private final boolean decode;
    private final NativeBuffer scratch = NativeBuffer.allocate(0);
    private final PixelBuffer pixels = new PixelBuffer();
    private JpegCodec codec;
    private RasterDecoder rasters;

    Examiner(ImageSource source, boolean decode) {
      this.source = source;
      this.decode = decode;
    }

    /** What is wrong with a record; null if nothing is. */
    String fault(int index) {
      try {
        SafeName.check(source.name(index));
        Content content = source.read(index, scratch);
        if (source instanceof Pack pack && !pack.verify(index)) {
          return "its bytes do not have the checksum that the index states";
        }
        if (decode && content instanceof Content.Encoded encoded) {
          Size size = decode(encoded);
          if (source instanceof Pack pack && !size.equals(pack.record(index).size())) {
            return "it is " + size + " pixels, the index states " + pack.record(index).size();
          }
        }
        return null;
      } catch (IOException e) {
        return e.getMessage();
      }
    }

    private Size decode(Content.Encoded content) throws IOException {
      ImageHeader header = ImageHeader.read(content.bytes());
      if (header.size().pixels() > MOST_PIXELS) {
        throw new CorruptImageException(
            Fault.TOO_MANY_PIXELS, header.size() + " pixels are too many to decode");
      }
      if (header.format() == ImageFormat.JPEG) {
        if (codec == null) {
          codec = JpegCodec.best();
        }
        // The coarsest scale reads all of the compressed data just the same.
        codec.decode(content.bytes(), header, Region.of(header.size()), 8, pixels);
      } else {
        if (rasters == null) {
          rasters = new RasterDecoder();
        }
        rasters.decode(content.bytes(), header, pixels);
      }
      return header.size();
    }

    @Override
    public void close() {
      scratch.close();
      pixels.close();
      if (codec != null) {
        codec.close();
      }
      if (rasters != null) {
        rasters.close();
      }
    }
  }
}
