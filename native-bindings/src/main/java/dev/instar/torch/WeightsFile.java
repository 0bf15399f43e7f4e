package dev.instar.torch;

import dev.instar.image.InputException;
import dev.instar.memory.MappedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * An open file of weights: named tensors, in the file's order. Safe for any number of reading
 * threads.
 */
public interface WeightsFile extends AutoCloseable {
  /**
   * Opens a safetensors file or a PyTorch checkpoint ({@code .pth}, {@code .pt}, {@code .tar},
   * {@code .ckpt}), known by its first bytes. No code in it is ever run.
   *
   * @throws dev.instar.image.InputException if it is neither, damaged, or asks for code to be run
   */
  static WeightsFile open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new Refusal(file).unsupported("is a folder: name the file of weights in it");
    }
    MappedFile mapped = MappedFile.open(file);
    boolean success = false;
    try {
      WeightsFile open =
          switch (WeightsFormat.of(file, mapped)) {
            case SAFETENSORS -> SafetensorsFile.open(file, mapped);
            case TORCH -> TorchCheckpoint.open(file, mapped);
          };
      success = true;
      return open;
    } finally {
      if (!success) {
        mapped.close();
      }
    }
  }

  /** The file, for messages. */
  Path path();

  /**
   * All tensors. Of a checkpoint with several dictionaries of tensors, those of its weights: {@code
   * state_dict}, {@code model}, or the whole.
   */
  Map<String, StoredTensor> tensors();

  /** Text that the file keeps beside the tensors: safetensors' {@code __metadata__}. */
  Map<String, String> metadata();

  /**
   * Reads all tensors and compares them with the checksum that was written with them.
   *
   * @return whether there is one
   * @throws InputException if it does not fit
   */
  boolean verify() throws InputException;

  @Override
  void close() throws IOException;
}
