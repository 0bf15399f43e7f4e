package dev.instar.torch;

import dev.instar.image.InputException;
import dev.instar.memory.Bytes;
import dev.instar.memory.MappedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A mapped safetensors file; only tensors that lie misaligned in it are copied. */
final class SafetensorsFile implements WeightsFile {
  private final Path path;
  private final MappedFile mapped;
  private final TensorCopies copies;
  private final Map<String, String> metadata;
  private final Map<String, StoredTensor> tensors;
  private final long dataStart;

  private SafetensorsFile(
      Path path,
      MappedFile mapped,
      TensorCopies copies,
      SafetensorsHeader header,
      Map<String, StoredTensor> tensors,
      long dataStart) {
    this.path = path;
    this.mapped = mapped;
    this.copies = copies;
    this.metadata = Collections.unmodifiableMap(header.metadata());
    this.tensors = Collections.unmodifiableMap(tensors);
    this.dataStart = dataStart;
  }

  /** Takes {@code mapped} over if the file is a good one. */
  static SafetensorsFile open(Path path, MappedFile mapped) throws IOException {
    Refusal refusal = new Refusal(path);
    long length = headerLength(mapped);
    if (length < 0 || length > mapped.size() - SafetensorsHeader.LENGTH_BYTES) {
      throw refusal.corrupt("is cut short, or no safetensors file: its header leaves the file");
    }
    if (length > SafetensorsHeader.LONGEST) {
      throw refusal.tooLarge(
          "has a header of "
              + length
              + " bytes; at most "
              + SafetensorsHeader.LONGEST
              + " are read");
    }
    long dataStart = SafetensorsHeader.LENGTH_BYTES + length;
    byte[] text = mapped.view(SafetensorsHeader.LENGTH_BYTES, (int) length).toArray();
    SafetensorsHeader header = SafetensorsHeader.parse(text, mapped.size() - dataStart, refusal);
    TensorCopies copies = new TensorCopies(refusal, mapped.size());
    boolean success = false;
    try {
      Map<String, StoredTensor> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, SafetensorsHeader.Entry> named : header.entries().entrySet()) {
        tensors.put(named.getKey(), tensor(mapped, dataStart, named, copies));
      }
      success = true;
      return new SafetensorsFile(path, mapped, copies, header, tensors, dataStart);
    } finally {
      if (!success) {
        copies.close();
      }
    }
  }

  /** The length that the first 8 bytes state; negative if it is absurd, or there are fewer. */
  static long headerLength(MappedFile mapped) {
    return mapped.size() < SafetensorsHeader.LENGTH_BYTES
        ? -1
        : mapped.view(0, SafetensorsHeader.LENGTH_BYTES).buffer().getLong();
  }

  private static StoredTensor tensor(
      MappedFile mapped,
      long dataStart,
      Map.Entry<String, SafetensorsHeader.Entry> named,
      TensorCopies copies)
      throws InputException {
    SafetensorsHeader.Entry entry = named.getValue();
    int bytes = (int) (entry.end() - entry.begin());
    Bytes data = mapped.view(dataStart + entry.begin(), bytes);
    return new StoredTensor(
        entry.type(), entry.shape(), copies.aligned(data, entry.type(), named.getKey()));
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Map<String, StoredTensor> tensors() {
    return tensors;
  }

  @Override
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public boolean verify() throws InputException {
    String stored = metadata.get(SafetensorsWriter.CHECKSUM_KEY);
    if (stored == null) {
      return false;
    }
    DataChecksum checksum = new DataChecksum();
    for (long at = dataStart; at < mapped.size(); at += MappedFile.LONGEST_VIEW) {
      ByteBuffer part =
          mapped.view(at, (int) Math.min(MappedFile.LONGEST_VIEW, mapped.size() - at)).buffer();
      checksum.update(part);
    }
    if (!checksum.text().equals(stored)) {
      throw new Refusal(path)
          .corrupt(
              "is damaged: the checksum of its tensors is "
                  + checksum.text()
                  + " and "
                  + stored
                  + " was written with them");
    }
    return true;
  }

  @Override
  public void close() {
    copies.close();
    mapped.close();
  }
}
