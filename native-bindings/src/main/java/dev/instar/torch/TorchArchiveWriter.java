package dev.instar.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes weights as {@code torch.save(state_dict, file)} does, for {@code torch.load}: a zip
 * archive of a pickle and the tensors, each at a multiple of 64 bytes, so that they can be mapped.
 *
 * <p>Tensors go from their own memory to the system, without a copy; they must not change
 * meanwhile.
 */
public final class TorchArchiveWriter {
  private static final String FOLDER = "archive/";

  private TorchArchiveWriter() {}

  /**
   * Writes {@code file} atomically: it is there whole, and on disk, or not at all.
   *
   * @param tensors in the order that the OrderedDict is to have; each gets a storage of its own
   */
  public static void write(Path file, Map<String, StoredTensor> tensors) throws IOException {
    PickleWriter pickle = new PickleWriter();
    int key = 0;
    for (Map.Entry<String, StoredTensor> named : tensors.entrySet()) {
      pickle.add(named.getKey(), named.getValue(), Integer.toString(key++));
    }
    try (AtomicFile out = AtomicFile.create(file)) {
      StoredZipWriter zip = new StoredZipWriter(out, StoredZipWriter.MASKED);
      zip.add(FOLDER + "data.pkl", ByteBuffer.wrap(pickle.finish()));
      zip.add(FOLDER + "byteorder", ascii("little"));
      key = 0;
      for (StoredTensor tensor : tensors.values()) {
        zip.add(FOLDER + "data/" + key++, tensor.data().buffer());
      }
      // caffe2/serialize/versions.h: the version of files without code.
      zip.add(FOLDER + "version", ascii("3\n"));
      zip.finish();
      out.commit();
    }
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
