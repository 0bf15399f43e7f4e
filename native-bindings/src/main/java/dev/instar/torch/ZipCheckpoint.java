package dev.instar.torch;

import dev.instar.image.InputException;
import dev.instar.memory.MappedFile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The format that torch.save writes since PyTorch 1.6: a zip archive with a pickle {@code
 * NAME/data.pkl} and one entry {@code NAME/data/KEY} for each storage.
 */
final class ZipCheckpoint implements Storages {
  /** The first bytes of a zip archive. */
  static final int MAGIC = 0x04034b50;

  private static final String PICKLE = "data.pkl";
  private static final int LONGEST_BYTE_ORDER = 16;

  private final ZipArchive archive;
  private final TensorCopies copies;
  private final Refusal refusal;
  private final String folder;
  private final Map<String, Stretch> found = new HashMap<>();

  private ZipCheckpoint(ZipArchive archive, TensorCopies copies, Refusal refusal, String folder) {
    this.archive = archive;
    this.copies = copies;
    this.refusal = refusal;
    this.folder = folder;
  }

  static ZipCheckpoint open(ZipArchive archive, TensorCopies copies, Refusal refusal)
      throws InputException {
    String folder = null;
    for (String name : archive.names()) {
      boolean pickle = name.equals(PICKLE) || name.endsWith("/" + PICKLE);
      if (pickle && folder != null) {
        throw refusal.corrupt("is no PyTorch checkpoint: it has more than one " + PICKLE);
      }
      if (pickle) {
        folder = name.substring(0, name.length() - PICKLE.length());
      }
    }
    if (folder == null) {
      throw refusal.corrupt("is no PyTorch checkpoint: a zip archive without " + PICKLE);
    }
    ZipCheckpoint checkpoint = new ZipCheckpoint(archive, copies, refusal, folder);
    checkpoint.checkKind();
    return checkpoint;
  }

  private void checkKind() throws InputException {
    if (archive.has(folder + "constants.pkl")) {
      throw refusal.unsupported(
          "is a TorchScript program, not a file of weights: its code would have to be run");
    }
    if (archive.has(folder + "byteorder")) {
      Stretch order = archive.content(folder + "byteorder", copies);
      int length = (int) Math.min(LONGEST_BYTE_ORDER, order.size());
      String text = new String(order.view(0, length).toArray(), StandardCharsets.US_ASCII);
      if (!text.strip().equals("little")) {
        throw refusal.unsupported("has numbers in big-endian order, which are not read");
      }
    }
  }

  /** Reads the pickle. */
  Object root() throws InputException {
    Stretch pickle = archive.content(folder + PICKLE, copies);
    if (pickle.size() > PickleReader.LONGEST) {
      throw refusal.tooLarge("has a pickle of " + pickle.size() + " bytes, far too many");
    }
    return new PickleReader(pickle.view(0, (int) pickle.size()).buffer(), refusal).read();
  }

  @Override
  public Stretch content(StorageRef storage) throws InputException {
    Stretch content = found.get(storage.key());
    if (content == null) {
      content = archive.content(folder + "data/" + storage.key(), copies);
      found.put(storage.key(), content);
    }
    return content;
  }

  /** Whether a mapped file begins as a zip archive does. */
  static boolean isOne(MappedFile mapped) {
    return mapped.size() >= Integer.BYTES
        && mapped.view(0, Integer.BYTES).buffer().getInt() == MAGIC;
  }
}
