package dev.instar.torch;

import dev.instar.image.InputException;
import dev.instar.memory.MappedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A checkpoint that torch.save wrote, in either of its formats, with everything that can be read
 * without running code. Tensors lie in the mapped file where they are contiguous and aligned there;
 * others are copied when it is opened.
 *
 * <p>Safe for any number of reading threads; tensors are valid until it is closed.
 */
public final class TorchCheckpoint implements WeightsFile {
  /**
   * Where training programs keep the weights, most telling name first; averaged ones only where
   * there are no others.
   */
  private static final List<String> WEIGHTS =
      List.of(
          "state_dict",
          "model_state_dict",
          "model_state",
          "model",
          "net",
          "network",
          "weights",
          "state_dict_ema",
          "ema_state_dict",
          "model_ema",
          "ema");

  private final Path path;
  private final MappedFile mapped;
  private final TensorCopies copies;
  private final Optional<ZipArchive> archive;
  private final Map<String, StoredTensor> all;
  private final Map<String, Object> values;
  private final String weightsPath;
  private final Map<String, StoredTensor> weights;

  private TorchCheckpoint(
      Path path,
      MappedFile mapped,
      TensorCopies copies,
      Optional<ZipArchive> archive,
      Map<String, StoredTensor> all,
      Map<String, Object> values) {
    this.path = path;
    this.mapped = mapped;
    this.copies = copies;
    this.archive = archive;
    this.all = Collections.unmodifiableMap(all);
    this.values = Collections.unmodifiableMap(values);
    weightsPath = weightsPath(all);
    weights = weightsPath.isEmpty() ? this.all : below(weightsPath + "/", all);
  }

  /**
   * Opens a checkpoint.
   *
   * @throws InputException if it is none, is damaged, or asks for code to be run
   */
  public static TorchCheckpoint open(Path file) throws IOException {
    WeightsFile open = WeightsFile.open(file);
    if (open instanceof TorchCheckpoint checkpoint) {
      return checkpoint;
    }
    open.close();
    throw new Refusal(file).unsupported("is a safetensors file, not a PyTorch checkpoint");
  }

  /** Takes {@code mapped} over if the file is a good one. */
  static TorchCheckpoint open(Path file, MappedFile mapped) throws InputException {
    Refusal refusal = new Refusal(file);
    TensorCopies copies = new TensorCopies(refusal, mapped.size());
    boolean success = false;
    try {
      TorchCheckpoint checkpoint =
          ZipCheckpoint.isOne(mapped)
              ? openZip(file, mapped, copies, refusal)
              : openLegacy(file, mapped, copies, refusal);
      success = true;
      return checkpoint;
    } finally {
      if (!success) {
        copies.close();
      }
    }
  }

  private static TorchCheckpoint openZip(
      Path file, MappedFile mapped, TensorCopies copies, Refusal refusal) throws InputException {
    ZipArchive archive = ZipArchive.open(mapped, refusal);
    ZipCheckpoint zip = ZipCheckpoint.open(archive, copies, refusal);
    CheckpointTree tree = CheckpointTree.of(zip.root(), refusal);
    return new TorchCheckpoint(
        file,
        mapped,
        copies,
        Optional.of(archive),
        tensors(tree, zip, copies, refusal),
        tree.values());
  }

  private static TorchCheckpoint openLegacy(
      Path file, MappedFile mapped, TensorCopies copies, Refusal refusal) throws InputException {
    LegacyCheckpoint legacy = LegacyCheckpoint.open(mapped, refusal);
    CheckpointTree tree = CheckpointTree.of(legacy.root(), refusal);
    legacy.findStorages(tree.tensors().values());
    return new TorchCheckpoint(
        file,
        mapped,
        copies,
        Optional.empty(),
        tensors(tree, legacy, copies, refusal),
        tree.values());
  }

  private static Map<String, StoredTensor> tensors(
      CheckpointTree tree, Storages storages, TensorCopies copies, Refusal refusal)
      throws InputException {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, TensorView> named : tree.tensors().entrySet()) {
      TensorView view = named.getValue();
      StorageRef storage = view.storage();
      Stretch content = storages.content(storage);
      if (storage.elements() > content.size() / storage.type().bytes()) {
        throw refusal.corrupt(
            "is cut short: the storage of \""
                + Quoted.of(named.getKey())
                + "\" should have "
                + storage.elements()
                + " elements and has "
                + content.size()
                + " bytes");
      }
      tensors.put(named.getKey(), view.read(content, copies, named.getKey(), refusal));
    }
    return tensors;
  }

  private static String weightsPath(Map<String, StoredTensor> all) {
    String path = "";
    while (true) {
      String parent = path.isEmpty() ? "" : path + "/";
      Optional<String> next =
          WEIGHTS.stream()
              .map(name -> parent + name)
              .filter(below -> all.keySet().stream().anyMatch(k -> k.startsWith(below + "/")))
              .findFirst();
      if (next.isEmpty()) {
        return path;
      }
      path = next.get();
    }
  }

  private static Map<String, StoredTensor> below(String prefix, Map<String, StoredTensor> all) {
    Map<String, StoredTensor> below = new LinkedHashMap<>();
    all.forEach(
        (path, tensor) -> {
          if (path.startsWith(prefix)) {
            below.put(path.substring(prefix.length()), tensor);
          }
        });
    return Collections.unmodifiableMap(below);
  }

  @Override
  public Path path() {
    return path;
  }

  /**
   * The tensors of the dictionary at {@link #weightsPath()}, by their paths in it: their own names,
   * as a state_dict is flat.
   */
  @Override
  public Map<String, StoredTensor> tensors() {
    return weights;
  }

  /** Which dictionary holds the weights, such as {@code model}; empty for the whole. */
  public String weightsPath() {
    return weightsPath;
  }

  /**
   * Every tensor by its path, optimizer state included. The parts of a path are keys and positions,
   * joined by {@code /}: {@code optimizer/state/int:0/momentum_buffer}.
   */
  public Map<String, StoredTensor> allTensors() {
    return all;
  }

  /**
   * Every other value by its path: {@link Boolean}, {@link Long}, {@link java.math.BigInteger},
   * {@link Double}, {@link String}, {@link Optional#empty()} for None, a {@link List} of such, and
   * an empty {@link Map} for an empty dictionary. Bytes and NumPy arrays are left out.
   */
  public Map<String, Object> values() {
    return values;
  }

  /** Nothing: text beside the tensors is among the {@link #values()}. */
  @Override
  public Map<String, String> metadata() {
    return Map.of();
  }

  /**
   * Compares the content with the CRC-32 of each entry of the archive; the old format has none.
   * PyTorch itself does not look at them, and a file that it was told to save without ({@code
   * set_crc32_options(False)}) is called damaged here.
   */
  @Override
  public boolean verify() throws InputException {
    if (archive.isPresent()) {
      archive.get().verify();
    }
    return archive.isPresent();
  }

  @Override
  public void close() {
    copies.close();
    mapped.close();
  }
}
