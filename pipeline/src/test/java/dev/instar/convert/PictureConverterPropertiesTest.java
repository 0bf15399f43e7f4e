package dev.instar.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.convert.Geometry.Side;
import dev.instar.convert.JpegPolicy.Chroma;
import dev.instar.convert.PictureConverter.Draft;
import dev.instar.crop.BoundingBox;
import dev.instar.crop.CropRule;
import dev.instar.crop.Photograph;
import dev.instar.image.Filter;
import dev.instar.image.InputException;
import dev.instar.image.JpegCodec;
import dev.instar.image.JpegSettings;
import dev.instar.image.JpegSettings.Subsampling;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.Content;
import dev.instar.pack.Encoding;
import dev.instar.testing.ExifJpeg;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/**
 * Crops, turns and reductions of pictures whose every colour is a plane: what a pixel of the result
 * must show follows from where its centre lies, in double precision, whatever the filter.
 */
final class PictureConverterPropertiesTest {
  private static final int PADDING = 0x40c080;

  /** Levels from one pixel to the next, so that a shift by one is seen. */
  private static final double SLOPE = 2;

  /**
   * Mean error of a channel, in levels: up to half of one where all values lie between two levels.
   * A shift by half a pixel is 1.
   */
  private static final double MEAN = 0.7;

  /** So many pixels make a mean. */
  private static final int ENOUGH = 16;

  /** Error of one pixel, in levels: rounding, JPEG at quality 98, and the filters' own. */
  private static final double FARTHEST = 5;

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void eachPixelShowsThePlaceThatItsCentreStandsFor(
      @ForAll @IntRange(min = 60, max = 110) int width,
      @ForAll @IntRange(min = 60, max = 110) int height,
      @ForAll @IntRange(min = 1, max = 8) int orientation,
      @ForAll @IntRange(min = -25, max = 50) int x,
      @ForAll @IntRange(min = -25, max = 50) int y,
      @ForAll @IntRange(min = 40, max = 130) int w,
      @ForAll @IntRange(min = 40, max = 130) int h,
      @ForAll @IntRange(min = 6, max = 120) int side,
      @ForAll Side fixed,
      @ForAll Filter filter) {
    Region kept = new Region(x, y, w, h);
    Size photograph = new Size(width, height);
    Assume.that(!kept.intersect(Region.of(photograph)).isEmpty());
    Geometry geometry = new Geometry(side, fixed, true);
    Size target = geometry.targetOf(kept.size());

    byte[] pixels = convert(photograph, orientation, kept, geometry, filter);

    assertThat(pixels).hasSize(3 * target.width() * target.height());
    int reach = filter == Filter.LANCZOS ? 3 : 1;
    int inside = check(pixels, target, kept, photograph, reach);
    Statistics.label("enough pixels away from every edge")
        .collect(inside >= ENOUGH)
        .coverage(coverage -> coverage.check(true).percentage(share -> share > 30));
  }

  private static byte[] convert(
      Size photograph, int orientation, Region kept, Geometry geometry, Filter filter) {
    ConversionPlan plan =
        new ConversionPlan(
            geometry,
            around(kept),
            PADDING,
            filter,
            Encoding.RAW,
            new JpegPolicy(90, Chroma.S444),
            1_000_000);
    byte[] jpeg = ExifJpeg.oriented(jpeg(photograph, orientation), orientation);
    StageClock times = new StageClock();
    times.start();
    try (PictureConverter converter = new PictureConverter(plan);
        NativeBuffer into = NativeBuffer.allocate(0)) {
      Photograph source = Photograph.of(new Content.Encoded(Bytes.copyOf(jpeg)), plan.maxPixels());
      Draft draft = converter.draft(source, sighting(kept));
      int length = converter.convert(draft, into, times);
      return into.bytes(0, length).toArray();
    } catch (InputException e) {
      throw new AssertionError(e);
    }
  }

  private static Cropping around(Region kept) {
    CropRule rule = new CropRule(1, true);
    return new Cropping(
        () -> (name, photograph) -> sighting(kept), "", Optional.of(rule), false, Set.of());
  }

  private static Sighting sighting(Region kept) {
    BoundingBox box = new BoundingBox(kept.x(), kept.y(), kept.right(), kept.bottom());
    return new Sighting(Optional.of(box), Optional.empty());
  }

  private static int check(byte[] pixels, Size target, Region kept, Size photograph, int reach) {
    double horizontally = (double) kept.width() / target.width();
    double vertically = (double) kept.height() / target.height();
    // How far a result looks around itself, and as much again for the cells of a reduced decode.
    double marginX = (reach + 0.5) * Math.max(1, horizontally) + 1;
    double marginY = (reach + 0.5) * Math.max(1, vertically) + 1;
    double[] sum = new double[3];
    int inside = 0;
    for (int v = 0; v < target.height(); v++) {
      for (int u = 0; u < target.width(); u++) {
        double x = kept.x() + (u + 0.5) * horizontally;
        double y = kept.y() + (v + 0.5) * vertically;
        int at = 3 * (v * target.width() + u);
        boolean deep =
            x > marginX
                && y > marginY
                && x < photograph.width() - marginX
                && y < photograph.height() - marginY
                && x > kept.x() + marginX
                && y > kept.y() + marginY
                && x < kept.right() - marginX
                && y < kept.bottom() - marginY;
        boolean outside =
            x < -marginX
                || y < -marginY
                || x > photograph.width() + marginX
                || y > photograph.height() + marginY;
        for (int channel = 0; channel < 3; channel++) {
          int found = pixels[at + channel] & 0xff;
          if (deep) {
            // A pixel's colour is that of its centre, half a pixel from its corner.
            double error = found - color(x - 0.5, y - 0.5, channel, photograph);
            assertThat(Math.abs(error)).as("%d,%d", u, v).isLessThanOrEqualTo(FARTHEST);
            sum[channel] += error;
          } else if (outside) {
            assertThat(found).as("padding at %d,%d", u, v).isEqualTo(channel(PADDING, channel));
          }
        }
        inside += deep ? 1 : 0;
      }
    }
    for (int channel = 0; channel < 3 && inside >= ENOUGH; channel++) {
      assertThat(sum[channel] / inside).as("channel %d", channel).isBetween(-MEAN, MEAN);
    }
    return inside;
  }

  private static int channel(int color, int channel) {
    return color >> 8 * (2 - channel) & 0xff;
  }

  /** Red rises to the right, green downwards, blue to the left. */
  private static double color(double x, double y, int channel, Size photograph) {
    return switch (channel) {
      case 0 -> 20 + SLOPE * x;
      case 1 -> 20 + SLOPE * y;
      default -> 20 + SLOPE * (photograph.width() - x);
    };
  }

  /** The picture as it is stored for an orientation. */
  private static byte[] jpeg(Size photograph, int orientation) {
    Size stored = ExifJpeg.transposes(orientation) ? photograph.transposed() : photograph;
    try (PixelBuffer pixels = new PixelBuffer(stored);
        NativeBuffer into = NativeBuffer.allocate(0);
        JpegCodec codec = JpegCodec.best()) {
      ByteBuffer bytes = pixels.asByteBuffer();
      for (int y = 0; y < stored.height(); y++) {
        for (int x = 0; x < stored.width(); x++) {
          int[] at = ExifJpeg.upright(orientation, x, y, photograph.width(), photograph.height());
          for (int channel = 0; channel < 3; channel++) {
            bytes.put((byte) Math.round(color(at[0], at[1], channel, photograph)));
          }
        }
      }
      int length = codec.encode(pixels, new JpegSettings(98, Subsampling.S444), into);
      return into.bytes(0, length).toArray();
    }
  }
}
