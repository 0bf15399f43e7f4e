package dev.instar.torch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes safetensors files. The header is padded to 8 bytes, so tensors lie aligned as long as
 * those with wider elements come first; a reader copies the ones that do not.
 *
 * <p>Tensors go from their own memory to the system, without a copy; they must not change
 * meanwhile.
 */
public final class SafetensorsWriter {
  /**
   * Where {@code __metadata__} keeps the CRC-32C of all bytes after the header, as 8 lower-case
   * hexadecimal digits.
   */
  public static final String CHECKSUM_KEY = "instar.crc32c";

  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /**
   * Writes {@code file} atomically: it is there whole, and on disk, or not at all.
   *
   * @param tensors in the order in which they are to lie in the file
   * @param metadata text for {@code __metadata__}, written in the order of its names
   * @throws IllegalArgumentException if a tensor's element type or name is none of the format's
   */
  public static void write(
      Path file, Map<String, StoredTensor> tensors, Map<String, String> metadata)
      throws IOException {
    ByteBuffer header = header(tensors, metadata);
    ByteBuffer[] parts = new ByteBuffer[1 + tensors.size()];
    parts[0] = header;
    int next = 1;
    for (StoredTensor tensor : tensors.values()) {
      parts[next++] = tensor.data().buffer();
    }
    try (AtomicFile out = AtomicFile.create(file)) {
      out.write(parts);
      out.commit();
    }
  }

  /** As {@link #write}, with a checksum of the tensors that {@link WeightsFile#verify} compares. */
  public static void writeChecked(
      Path file, Map<String, StoredTensor> tensors, Map<String, String> metadata)
      throws IOException {
    DataChecksum checksum = new DataChecksum();
    for (StoredTensor tensor : tensors.values()) {
      checksum.update(tensor.data().buffer());
    }
    Map<String, String> checked = new LinkedHashMap<>(metadata);
    checked.put(CHECKSUM_KEY, checksum.text());
    write(file, tensors, checked);
  }

  /** Its length and its text, padded with spaces. */
  private static ByteBuffer header(Map<String, StoredTensor> tensors, Map<String, String> metadata)
      throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(SafetensorsHeader.METADATA_KEY);
        // By name: Map.of has an order of its own in every JVM, and the same weights are the same
        // file.
        for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long begin = 0;
      for (Map.Entry<String, StoredTensor> named : tensors.entrySet()) {
        begin = writeEntry(json, named.getKey(), named.getValue(), begin);
      }
      json.writeEndObject();
    }
    int bytes = (text.size() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (bytes > SafetensorsHeader.LONGEST) {
      throw new IllegalArgumentException(
          "a header of " + bytes + " bytes; at most " + SafetensorsHeader.LONGEST + " are read");
    }
    ByteBuffer header =
        ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES + bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(bytes)
            .put(text.toByteArray());
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.flip();
  }

  /** Writes one tensor's entry; answers where the next one begins. */
  private static long writeEntry(JsonGenerator json, String name, StoredTensor tensor, long begin)
      throws IOException {
    if (name.equals(SafetensorsHeader.METADATA_KEY) || !tensor.type().inSafetensors()) {
      throw new IllegalArgumentException(
          "safetensors cannot hold a tensor \"" + name + "\" of type " + tensor.type());
    }
    long end = begin + tensor.data().size();
    json.writeObjectFieldStart(name);
    json.writeStringField("dtype", tensor.type().name());
    json.writeFieldName("shape");
    json.writeArray(tensor.sizes(), 0, tensor.shape().size());
    json.writeFieldName("data_offsets");
    json.writeArray(new long[] {begin, end}, 0, 2);
    json.writeEndObject();
    return end;
  }
}
