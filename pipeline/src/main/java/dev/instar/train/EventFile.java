package dev.instar.train;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A file of scalars and texts that TensorBoard draws. Each writer makes a file of its own, in a
 * folder that a run keeps; TensorBoard joins them. Not thread-safe.
 *
 * <p>Records are framed as TensorFlow's TFRecord: the length in eight bytes, a checksum of those,
 * the data, a checksum of that. Checksums are CRC-32C, rotated and shifted (tensorflow
 * core/lib/hash/crc32c.h). The data is a message of tensorboard/compat/proto/event.proto.
 */
final class EventFile implements AutoCloseable {
  private static final int CHECKSUM_SHIFT = 0xa282ead8;
  private static final String VERSION = "brain.Event:2";

  /** Of tensorboard/compat/proto/types.proto. */
  private static final int DT_STRING = 7;

  private final OutputStream file;
  private final Path path;
  private final Clock clock;

  /**
   * Begins a file in {@code folder}, which is made where it is not there.
   *
   * @param after the step that a run goes on after, 0 for a new run: TensorBoard forgets what files
   *     before this one say of later steps
   */
  EventFile(Path folder, long after) throws IOException {
    this(folder, after, Clock.systemUTC());
  }

  EventFile(Path folder, long after, Clock clock) throws IOException {
    this.clock = clock;
    Files.createDirectories(folder);
    path = create(folder);
    file = new BufferedOutputStream(Files.newOutputStream(path, StandardOpenOption.APPEND));
    boolean success = false;
    try {
      write(0, new Message().text(3, VERSION));
      if (after > 0) {
        // SessionLog of the status START, at the first step that is to be forgotten.
        write(after + 1, new Message().message(7, new Message().whole(1, 1)));
      }
      flush();
      success = true;
    } finally {
      if (!success) {
        file.close();
      }
    }
  }

  /** A file of its own: the number tells two of one second and process apart. */
  private Path create(Path folder) throws IOException {
    for (int n = 0; ; n++) {
      try {
        return Files.createFile(folder.resolve(name(n)));
      } catch (FileAlreadyExistsException taken) {
        continue;
      }
    }
  }

  private String name(int n) {
    return String.format(
        "events.out.tfevents.%010d.%s.%d.%d",
        clock.millis() / 1000, host(), ProcessHandle.current().pid(), n);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }

  Path path() {
    return path;
  }

  /** Values of one step by their tags, such as {@code loss/train}. */
  void scalars(long step, Map<String, Double> values) throws IOException {
    Message summary = new Message();
    values.forEach(
        (tag, value) ->
            summary.message(1, new Message().text(1, tag).single(2, value.floatValue())));
    write(step, new Message().message(5, summary));
  }

  /** A text in Markdown, such as the recipe. */
  void text(long step, String tag, String markdown) throws IOException {
    Message plugin = new Message().message(1, new Message().text(1, "text"));
    Message shape = new Message().message(2, new Message().whole(1, 1));
    Message tensor = new Message().whole(1, DT_STRING).message(2, shape).text(8, markdown);
    Message value = new Message().text(1, tag).message(8, tensor).message(9, plugin);
    write(step, new Message().message(5, new Message().message(1, value)));
  }

  private void write(long step, Message content) throws IOException {
    byte[] event =
        new Message().real(1, clock.millis() / 1000.0).whole(2, step).and(content).bytes();
    ByteBuffer frame =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + event.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    frame.putLong(event.length);
    frame.putInt(checksum(frame.array(), Long.BYTES));
    frame.put(event).putInt(checksum(event, event.length));
    file.write(frame.array());
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + CHECKSUM_SHIFT;
  }

  /** Hands everything to the system, so that TensorBoard sees it and no kill loses it. */
  void flush() throws IOException {
    file.flush();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** A Protocol Buffers message under construction; numbers are those of its fields. */
  private static final class Message {
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int BYTES = 2;
    private static final int FOUR_BYTES = 5;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Message whole(int field, long value) {
      key(field, VARINT);
      varint(value);
      return this;
    }

    Message real(int field, double value) {
      key(field, EIGHT_BYTES);
      little(ByteBuffer.allocate(Double.BYTES), Double.doubleToLongBits(value));
      return this;
    }

    Message single(int field, float value) {
      key(field, FOUR_BYTES);
      little(ByteBuffer.allocate(Float.BYTES), Float.floatToIntBits(value));
      return this;
    }

    Message text(int field, String value) {
      return raw(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return raw(field, value.bytes());
    }

    Message and(Message fields) {
      bytes.writeBytes(fields.bytes());
      return this;
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }

    private Message raw(int field, byte[] value) {
      key(field, BYTES);
      varint(value.length);
      bytes.writeBytes(value);
      return this;
    }

    private void key(int field, int type) {
      varint(field << 3 | type);
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        bytes.write((int) (rest & 0x7f | 0x80));
        rest >>>= 7;
      }
      bytes.write((int) rest);
    }

    private void little(ByteBuffer target, long bits) {
      for (int i = 0; i < target.capacity(); i++) {
        target.put((byte) (bits >>> 8 * i));
      }
      bytes.writeBytes(target.array());
    }
  }
}
