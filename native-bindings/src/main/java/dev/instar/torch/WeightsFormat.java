package dev.instar.torch;

import dev.instar.image.InputException;
import dev.instar.memory.Bytes;
import dev.instar.memory.MappedFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** The formats of files of weights, told apart by their first bytes. */
enum WeightsFormat {
  SAFETENSORS,
  TORCH;

  /** Where a tar archive says that it is one. */
  private static final int TAR_MAGIC_AT = 257;

  /**
   * The format of {@code file}.
   *
   * @throws InputException if it is none of them, with what it seems to be instead
   */
  static WeightsFormat of(Path file, MappedFile mapped) throws InputException {
    long header = SafetensorsFile.headerLength(mapped);
    boolean begins =
        mapped.size() > SafetensorsHeader.LENGTH_BYTES
            && mapped.view(SafetensorsHeader.LENGTH_BYTES, 1).get(0) == '{';
    boolean fits = header > 0 && header <= mapped.size() - SafetensorsHeader.LENGTH_BYTES;
    // First, since a header of 640 bytes begins as a pickle does; the reverse cannot happen.
    if (begins && fits) {
      return SAFETENSORS;
    }
    if (ZipCheckpoint.isOne(mapped) || LegacyCheckpoint.isOne(mapped)) {
      return TORCH;
    }
    if (begins || fits) {
      return SAFETENSORS;
    }
    throw new Refusal(file).unsupported(otherwise(mapped));
  }

  private static String otherwise(MappedFile mapped) {
    if (mapped.size() == 0) {
      return "is empty: fetch it again";
    }
    if (textAt(mapped, TAR_MAGIC_AT, 5).equals("ustar")) {
      return "is a tar archive, of before PyTorch 0.2 perhaps: load and save it in a newer one";
    }
    String start = textAt(mapped, 0, 40).strip().toLowerCase(Locale.ROOT);
    if (start.startsWith("<!doctype") || start.startsWith("<html")) {
      return "is a web page, not a file of weights: its download went wrong";
    }
    if (start.startsWith("version https://git-lfs")) {
      return "is a Git LFS pointer, not the file of weights that it stands for: run git lfs pull";
    }
    return "is neither a safetensors file nor a PyTorch checkpoint";
  }

  private static String textAt(MappedFile mapped, int offset, int length) {
    if (mapped.size() <= offset) {
      return "";
    }
    Bytes view = mapped.view(offset, (int) Math.min(length, mapped.size() - offset));
    return new String(view.toArray(), StandardCharsets.ISO_8859_1);
  }
}
