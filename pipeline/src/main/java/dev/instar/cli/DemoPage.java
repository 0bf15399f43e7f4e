package dev.instar.cli;

import dev.instar.convert.Counts;
import dev.instar.convert.Quarantine;
import dev.instar.convert.RunResult;
import dev.instar.crop.BoundingBox;
import dev.instar.crop.BoxFile;
import dev.instar.image.Box;
import dev.instar.image.Filter;
import dev.instar.image.ImageHeader;
import dev.instar.image.JpegCodec;
import dev.instar.image.JpegSettings;
import dev.instar.image.JpegSettings.Subsampling;
import dev.instar.image.PixelBuffer;
import dev.instar.image.Region;
import dev.instar.image.Resampler;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.ImageRecord;
import dev.instar.pack.Pack;
import dev.instar.report.ContactSheet;
import dev.instar.report.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The page that the demo leaves: what was converted, how fast, and what it looks like. */
final class DemoPage {
  private static final int PAIRS = 6;
  private static final int THUMBNAILS = 60;
  private static final Size SMALL = new Size(640, 480);

  private DemoPage() {}

  static void write(
      Path page, Pack pack, Path photos, RunResult<Counts> result, Quarantine quarantine)
      throws IOException {
    List<Section> sections = new ArrayList<>();
    sections.add(
        new Section.Figures(
            "What was done",
            List.of(
                figure(result.counts().read(), "photographs read"),
                figure(result.counts().written(), "pictures stored"),
                figure(result.counts().quarantined(), "quarantined"),
                new Section.Figure(
                    String.format(Locale.ROOT, "%.1f", result.imagesPerSecond()), "photographs/s"),
                new Section.Figure(
                    String.format(
                        Locale.ROOT,
                        "%.0f : 1",
                        (double) result.counts().bytesRead() / result.counts().bytesWritten()),
                    "smaller"))));
    sections.add(new Section.Pairs("Photograph and what was kept of it", pairs(pack, photos)));
    sections.add(new Section.Stages("Where the time went", Summary.stageTimes(result)));
    sections.add(new Section.Thumbnails("In the pack", thumbnails(pack)));
    sections.add(
        new Section.Rejects(
            "Quarantined",
            quarantine.entries().stream()
                .map(e -> new Section.Reject(e.name(), e.reason(), e.message()))
                .toList()));
    new ContactSheet(
            "Instar demo",
            "Photographs drawn by instar synth, cropped around their boxes, brought to 256 pixels and stored in one pack. Two files were damaged on purpose.",
            sections)
        .write(page);
  }

  private static Section.Figure figure(long value, String label) {
    return new Section.Figure(String.format(Locale.ROOT, "%,d", value), label);
  }

  private static List<Section.Thumbnail> thumbnails(Pack pack) {
    List<Section.Thumbnail> thumbnails = new ArrayList<>();
    for (int i = 0; i < Math.min(THUMBNAILS, pack.size()); i++) {
      thumbnails.add(new Section.Thumbnail(pack.record(i), pack.bytes(i)));
    }
    return thumbnails;
  }

  private static List<Section.Pair> pairs(Pack pack, Path photos) throws IOException {
    BoxFile boxes = BoxFile.read(photos.resolve("boxes.csv"));
    List<Section.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < pack.size() && pairs.size() < PAIRS; i++) {
      ImageRecord record = pack.record(i);
      Optional<BoundingBox> insect = boxes.boxOf(record.name(), record.original());
      if (insect.isPresent()) {
        Path photograph = photos.resolve("part" + record.part()).resolve(record.name());
        pairs.add(new Section.Pair(record, insect.get(), reduced(photograph), pack.bytes(i)));
      }
    }
    return pairs;
  }

  /** A photograph small enough for a page. */
  private static Bytes reduced(Path photograph) throws IOException {
    Bytes file = Bytes.copyOf(Files.readAllBytes(photograph));
    ImageHeader header = ImageHeader.read(file);
    try (JpegCodec codec = JpegCodec.best();
        Resampler resampler = Resampler.best();
        PixelBuffer decoded = new PixelBuffer();
        PixelBuffer small = new PixelBuffer(SMALL);
        NativeBuffer jpeg = NativeBuffer.allocate(0)) {
      codec.decode(file, header, Region.of(header.size()), 2, decoded);
      resampler.resize(decoded, Box.of(decoded.size()), small, Filter.AREA);
      int length = codec.encode(small, new JpegSettings(80, Subsampling.S420), jpeg);
      return Bytes.copyOf(jpeg.bytes(0, length).toArray());
    }
  }
}
