package dev.instar.publish;

import dev.instar.pack.ImageSource;
import dev.instar.pack.Pack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A checksum of all that decides the content of a publication's shards: the table's bytes, the
 * names of the records (of a pack's also their lengths and checksums), and the settings.
 */
final class Fingerprint {
  private Fingerprint() {}

  static String of(ImageSource source, Plan plan, Settings settings) throws IOException {
    MessageDigest digest = Checksum.start();
    String asked =
        String.join(
            "\n",
            settings.records().map(Format::label).orElse(""),
            settings.experiment().orElse(""),
            String.valueOf(settings.all()),
            plan.label().map(ClassLabels::column).orElse(""),
            String.join(",", plan.coded().keySet()),
            String.valueOf(settings.shardBytes()),
            Checksum.of(settings.table()));
    digest.update(asked.getBytes(StandardCharsets.UTF_8));
    ByteBuffer numbers = ByteBuffer.allocate(2 * Integer.BYTES);
    for (SplitRecords split : plan.splits()) {
      for (int record : split.records()) {
        digest.update(source.name(record).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        if (source instanceof Pack pack) {
          numbers.clear().putInt(pack.length(record)).putInt(pack.crc32c(record));
          digest.update(numbers.array());
        }
      }
    }
    return Checksum.end(digest);
  }
}
