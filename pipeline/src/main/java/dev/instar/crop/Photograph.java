package dev.instar.crop;

import dev.instar.image.Fault;
import dev.instar.image.ImageFormat;
import dev.instar.image.ImageHeader;
import dev.instar.image.InputException;
import dev.instar.image.JpegCodec;
import dev.instar.image.JpegIndex;
import dev.instar.image.Orientation;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.pack.Content;
import java.util.Optional;

/**
 * A photograph whose header was read and whose pixels are not decoded yet; valid as long as its
 * content is.
 *
 * @param header none where the content is pixels
 * @param stored its size before it is turned upright
 * @param index for a JPEG that is decoded several times: empty at first, and this photograph's
 *     alone
 */
public record Photograph(
    Content content, Optional<ImageHeader> header, Size stored, Optional<JpegIndex> index) {
  /**
   * Reads the header.
   *
   * @param maxPixels photographs with more are refused
   * @throws InputException if the header is unusable, or declares too many pixels
   */
  public static Photograph of(Content content, long maxPixels) throws InputException {
    Optional<ImageHeader> header = Optional.empty();
    Size stored;
    if (content instanceof Content.Pixels pixels) {
      stored = pixels.size();
    } else {
      header = Optional.of(ImageHeader.read(content.bytes()));
      stored = header.get().size();
    }
    if (stored.pixels() > maxPixels) {
      throw new InputException(
          Fault.TOO_MANY_PIXELS,
          stored + " pixels, at most " + maxPixels + " are accepted (--max-pixels)");
    }
    return new Photograph(content, header, stored, Optional.empty());
  }

  /** The same with an index, which is cleared; it is the caller's, for one photograph at a time. */
  public Photograph with(JpegIndex index) {
    index.clear();
    return new Photograph(content, header, stored, Optional.of(index));
  }

  /**
   * Decodes a part of a JPEG as {@link JpegCodec#decode} does.
   *
   * @param region in pixels of the stored picture
   */
  public Region decode(JpegCodec codec, Region region, int denominator, PixelBuffer into)
      throws InputException {
    ImageHeader jpeg = header.orElseThrow();
    return index.isPresent()
        ? codec.decode(content.bytes(), jpeg, region, denominator, index.get(), into)
        : codec.decode(content.bytes(), jpeg, region, denominator, into);
  }

  /** Whether it is a JPEG file. */
  public boolean isJpeg() {
    return header.isPresent() && header.get().format() == ImageFormat.JPEG;
  }

  /** Whether it is a file whose pixels arrive in several scans. */
  public boolean isProgressive() {
    return header.isPresent() && header.get().progressive();
  }

  /** How it has to be turned. */
  public Orientation orientation() {
    return header.map(ImageHeader::orientation).orElse(Orientation.UPRIGHT);
  }

  /** Its size, upright: that in which boxes are stated. */
  public Size size() {
    return orientation().upright(stored);
  }
}
