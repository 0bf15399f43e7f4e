package dev.instar.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event files, read back by a parser of the wire format that shares nothing with the writer. */
final class EventFileTest {
  private static final Clock NOON =
      Clock.fixed(Instant.ofEpochSecond(1_500_000_000), ZoneOffset.UTC);

  @Test
  void scalarsComeBackWithTheirStepsAndTags(@TempDir Path folder) throws IOException {
    Path path;
    try (EventFile file = new EventFile(folder, 0, NOON)) {
      Map<String, Double> values = new LinkedHashMap<>();
      values.put("loss/train", 0.5);
      values.put("accuracy/é", Double.NaN);
      file.scalars(300, values);
      path = file.path();
    }
    List<byte[]> records = records(Files.readAllBytes(path));
    assertThat(records).hasSize(2);
    assertThat(text(fields(records.get(0)).get(3))).isEqualTo("brain.Event:2");

    Map<Integer, List<byte[]>> event = fields(records.get(1));
    assertThat(little(event.get(1)).getDouble()).isEqualTo(1.5e9);
    assertThat(varint(event.get(2))).isEqualTo(300);
    List<byte[]> summary = fields(event.get(5).get(0)).get(1);
    assertThat(text(fields(summary.get(0)).get(1))).isEqualTo("loss/train");
    assertThat(little(fields(summary.get(0)).get(2)).getFloat()).isEqualTo(0.5f);
    assertThat(text(fields(summary.get(1)).get(1))).isEqualTo("accuracy/é");
    assertThat(little(fields(summary.get(1)).get(2)).getFloat()).isNaN();
  }

  @Test
  void aTextIsAStringTensorOfTheTextPlugin(@TempDir Path folder) throws IOException {
    Path path;
    try (EventFile file = new EventFile(folder, 0, NOON)) {
      file.text(0, "recipe", "**fast**");
      path = file.path();
    }
    Map<Integer, List<byte[]>> event = fields(records(Files.readAllBytes(path)).get(1));
    Map<Integer, List<byte[]>> value = fields(fields(event.get(5).get(0)).get(1).get(0));
    assertThat(text(value.get(1))).isEqualTo("recipe");
    Map<Integer, List<byte[]>> tensor = fields(value.get(8).get(0));
    // DT_STRING, one dimension of one.
    assertThat(varint(tensor.get(1))).isEqualTo(7);
    assertThat(varint(fields(fields(tensor.get(2).get(0)).get(2).get(0)).get(1))).isEqualTo(1);
    assertThat(text(tensor.get(8))).isEqualTo("**fast**");
    byte[] plugin = fields(value.get(9).get(0)).get(1).get(0);
    assertThat(text(fields(plugin).get(1))).isEqualTo("text");
  }

  /**
   * The first record of a file, byte by byte. Length 26: wall time (field 1, eight bytes), step 0
   * (field 2), version (field 3, 13 bytes). The checksums were computed bit by bit.
   */
  @Test
  void theFirstRecordIsAsTheFormatSays(@TempDir Path folder) throws IOException {
    Path path;
    try (EventFile file = new EventFile(folder, 0, NOON)) {
      path = file.path();
    }
    byte[] data = hex("09 000000c0 0b5ad641 10 00 1a 0d 627261696e2e4576656e743a32");
    ByteBuffer expected = ByteBuffer.allocate(16 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    byte[] length = {(byte) data.length, 0, 0, 0, 0, 0, 0, 0};
    expected.put(length).putInt(masked(length)).put(data).putInt(masked(data));
    assertThat(Files.readAllBytes(path)).isEqualTo(expected.array());
    assertThat(length[0]).isEqualTo((byte) 26);
  }

  @Test
  void theChecksumOfThisTestIsTheOneOfTheStandard() {
    assertThat(crc32c("123456789".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0xe3069283);
    // 32 bytes of zeros: RFC 3720, B.4.
    assertThat(crc32c(new byte[32])).isEqualTo(0x8a9136aa);
  }

  @Test
  void isNamedAsTensorBoardLooksForAndNeverTakesAnothersFile(@TempDir Path folder)
      throws IOException {
    try (EventFile one = new EventFile(folder.resolve("run"), 0, NOON);
        EventFile other = new EventFile(folder.resolve("run"), 0, NOON)) {
      assertThat(one.path().getFileName().toString())
          .matches("events\\.out\\.tfevents\\.1500000000\\..+\\.\\d+\\.0");
      assertThat(other.path()).isNotEqualTo(one.path());
    }
  }

  @Test
  void aResumedRunTellsTensorBoardWhatToForget(@TempDir Path folder) throws IOException {
    try (EventFile file = new EventFile(folder, 700, NOON)) {
      Map<Integer, List<byte[]>> event = fields(records(Files.readAllBytes(file.path())).get(1));
      assertThat(varint(event.get(2))).isEqualTo(701);
      // SessionLog.START
      assertThat(varint(fields(event.get(7).get(0)).get(1))).isEqualTo(1);
    }
  }

  @Test
  void whatIsFlushedIsThereBeforeTheFileIsClosed(@TempDir Path folder) throws IOException {
    try (EventFile file = new EventFile(folder, 0)) {
      file.scalars(1, Map.of("loss", 1.0));
      file.flush();
      assertThat(records(Files.readAllBytes(file.path()))).hasSize(2);
    }
  }

  /** The records of a file whose checksums all hold. */
  private static List<byte[]> records(byte[] file) {
    List<byte[]> records = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    while (rest.hasRemaining()) {
      byte[] length = new byte[8];
      rest.get(length);
      assertThat(rest.getInt()).isEqualTo(masked(length));
      byte[] data =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      rest.get(data);
      assertThat(rest.getInt()).isEqualTo(masked(data));
      records.add(data);
    }
    return records;
  }

  private static int masked(byte[] bytes) {
    int crc = crc32c(bytes);
    return (crc >>> 15 | crc << 17) + 0xa282ead8;
  }

  /** Bit by bit, from the reflected polynomial. */
  private static int crc32c(byte[] bytes) {
    int crc = -1;
    for (byte b : bytes) {
      crc ^= b & 0xff;
      for (int i = 0; i < 8; i++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x82f63b78;
      }
    }
    return ~crc;
  }

  /** The fields of a message by number; numbers stay encoded. */
  private static Map<Integer, List<byte[]>> fields(byte[] message) {
    Map<Integer, List<byte[]>> fields = new LinkedHashMap<>();
    ByteBuffer rest = ByteBuffer.wrap(message);
    while (rest.hasRemaining()) {
      int key = (int) varint(rest);
      int start = rest.position();
      int length =
          switch (key & 7) {
            case 0 -> {
              varint(rest);
              int encoded = rest.position() - start;
              rest.position(start);
              yield encoded;
            }
            case 1 -> 8;
            case 2 -> (int) varint(rest);
            case 5 -> 4;
            default -> throw new AssertionError("wire type " + (key & 7));
          };
      byte[] value = new byte[length];
      rest.get(value);
      fields.computeIfAbsent(key >>> 3, field -> new ArrayList<>()).add(value);
    }
    return fields;
  }

  private static long varint(List<byte[]> field) {
    return varint(ByteBuffer.wrap(field.get(0)));
  }

  private static long varint(ByteBuffer from) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = from.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  private static ByteBuffer little(List<byte[]> field) {
    return ByteBuffer.wrap(field.get(0)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String text(List<byte[]> field) {
    return new String(field.get(0), StandardCharsets.UTF_8);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }
}
