package dev.instar.publish;

import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.pack.Encoding;
import dev.instar.pack.ImageRecord;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.PackWriter;
import dev.instar.pack.Sources;
import dev.instar.taxonomy.Rank;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;

/** A small pack, a table for it, and what publishing them needs. */
final class Fixture {
  static final String HEADER =
      "sampleid\torder\tfamily\timage_file\tchunk_number\tsmall_insect_order\tcopyright_license\tcopyright_holder";

  final Path folder;
  final Path pack;
  final Path table;
  final Path out;
  private final Map<String, String> ofPack = new LinkedHashMap<>();
  private final Map<String, String> given = new LinkedHashMap<>();
  private Set<Format> formats = EnumSet.of(Format.HUGGINGFACE);
  private Optional<String> experiment = Optional.empty();
  private Optional<Rank> rank = Optional.empty();
  private boolean all;
  private boolean strict;
  private boolean overwrite;
  private int classLabels = 1000;
  private long shardBytes = 1 << 30;

  Fixture(Path folder) {
    this.folder = folder;
    pack = folder.resolve("pack.h5");
    table = folder.resolve("meta.tsv");
    out = folder.resolve("out");
  }

  /** A picture file that differs from that of any other seed. */
  static byte[] jpeg(int seed) throws IOException {
    BufferedImage image = new BufferedImage(16, 12, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 16 * 12; i++) {
      image.setRGB(i % 16, i / 16, (seed + 1) * 0x9E3779B1 ^ i * 0x01010F);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", file);
    return file.toByteArray();
  }

  /** Records with these names; the picture of each is that of its place. */
  Fixture pictures(String... names) throws IOException {
    try (PackWriter writer = PackWriter.open(pack, Encoding.JPEG, ofPack)) {
      for (int i = 0; i < names.length; i++) {
        Size size = new Size(16, 12);
        ImageRecord record = new ImageRecord(names[i], 1, size, size, Region.of(size));
        writer.append(record, Bytes.copyOf(jpeg(i)));
      }
      writer.finish();
    }
    return this;
  }

  /** A row: id, order, family, picture, part, split, licence, holder. */
  Fixture rows(String... rows) throws IOException {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    for (String row : rows) {
      text.append(row.replace('|', '\t')).append('\n');
    }
    Files.writeString(table, text);
    return this;
  }

  /** {@code count} records and their rows, in two orders and three splits. */
  Fixture many(int count) throws IOException {
    String[] names = new String[count];
    String[] rows = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = 1000 + i + ".jpg";
      String order = i % 3 == 0 ? "Coleoptera" : "Diptera";
      String split = List.of("train", "train", "train", "validation", "test").get(i % 5);
      rows[i] = "S" + i + "|" + order + "|F|" + names[i] + "|1|" + split + "|CC BY 3.0|Museum";
    }
    return pictures(names).rows(rows);
  }

  Fixture packSays(String key, String value) {
    ofPack.put(key, value);
    return this;
  }

  Fixture given(String key, String value) {
    given.put(key, value);
    return this;
  }

  Fixture as(Format... several) {
    formats = EnumSet.copyOf(List.of(several));
    return this;
  }

  Fixture experiment(String name) {
    experiment = Optional.of(name);
    return this;
  }

  Fixture rank(Rank chosen) {
    rank = Optional.of(chosen);
    return this;
  }

  Fixture all() {
    all = true;
    return this;
  }

  Fixture strict() {
    strict = true;
    return this;
  }

  Fixture overwrite() {
    overwrite = true;
    return this;
  }

  Fixture classLabels(int most) {
    classLabels = most;
    return this;
  }

  Fixture shardBytes(long bytes) {
    shardBytes = bytes;
    return this;
  }

  Publication.Result publish() throws IOException {
    return publish(pack, out, Watch.NOBODY);
  }

  Publication.Result publish(Path input, Path to, Watch watch) throws IOException {
    Settings settings =
        new Settings(
            table,
            to,
            formats,
            experiment,
            all,
            rank,
            classLabels,
            shardBytes,
            strict,
            overwrite,
            1,
            given,
            "instar test");
    try (ImageSource source = Sources.open(List.of(input.toString()), Limits.DEFAULT)) {
      return Publication.run(source, input, settings, watch);
    }
  }

  String text(String file) throws IOException {
    return Files.readString(out.resolve(file));
  }
}
