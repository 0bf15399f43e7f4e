package dev.instar.torch;

import dev.instar.image.InputException;
import dev.instar.memory.MappedFile;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The format that torch.save wrote before PyTorch 1.6 (torch/serialization.py, {@code
 * _legacy_save}): pickles of a magic number, a version, the machine, the content and the keys of
 * its storages, then each storage as its number of elements (8 bytes) and the elements.
 */
final class LegacyCheckpoint implements Storages {
  private static final BigInteger MAGIC_NUMBER = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long VERSION = 1001;

  private final MappedFile file;
  private final Refusal refusal;
  private final Map<String, Stretch> storages = new HashMap<>();
  private long at;

  private LegacyCheckpoint(MappedFile file, Refusal refusal) {
    this.file = file;
    this.refusal = refusal;
  }

  /** Whether a mapped file begins as a pickle of protocol 2 to 5 does. */
  static boolean isOne(MappedFile mapped) {
    return mapped.size() > 2
        && mapped.view(0, 2).get(0) == 0x80
        && mapped.view(0, 2).get(1) >= 2
        && mapped.view(0, 2).get(1) <= 5;
  }

  static LegacyCheckpoint open(MappedFile file, Refusal refusal) throws InputException {
    LegacyCheckpoint checkpoint = new LegacyCheckpoint(file, refusal);
    if (!MAGIC_NUMBER.equals(checkpoint.nextPickle())) {
      throw refusal.unsupported("is a pickle, but not one that torch.save wrote");
    }
    if (!Long.valueOf(VERSION).equals(checkpoint.nextPickle())) {
      throw refusal.unsupported("has another version than " + VERSION + " of its format");
    }
    if (checkpoint.nextPickle() instanceof PickledDict machine
        && Boolean.FALSE.equals(machine.items().get("little_endian"))) {
      throw refusal.unsupported("has numbers in big-endian order, which are not read");
    }
    return checkpoint;
  }

  /** Reads the content's pickle. */
  Object root() throws InputException {
    return nextPickle();
  }

  /** Finds the storages, which follow the content, by what the tensors say of their types. */
  void findStorages(Iterable<TensorView> tensors) throws InputException {
    Map<String, ElementType> types = new HashMap<>();
    for (TensorView tensor : tensors) {
      types.putIfAbsent(tensor.storage().key(), tensor.storage().type());
    }
    if (!(nextPickle() instanceof List<?> keys)) {
      throw refusal.corrupt("is damaged: it lacks the list of its storages");
    }
    for (Object key : keys) {
      if (!(key instanceof String name) || !types.containsKey(name)) {
        throw refusal.corrupt("is damaged: it has a storage that no tensor uses");
      }
      long elements = at <= file.size() - 8 ? file.view(at, 8).buffer().getLong() : -1;
      int width = types.get(name).bytes();
      if (elements < 0 || elements > (file.size() - at - Long.BYTES) / width) {
        throw refusal.corrupt("is cut short, or damaged: storage " + Quoted.of(name));
      }
      storages.put(name, new Stretch.Mapped(file, at + Long.BYTES, elements * width));
      at += Long.BYTES + elements * width;
    }
  }

  @Override
  public Stretch content(StorageRef storage) throws InputException {
    Stretch content = storages.get(storage.key());
    if (content == null) {
      throw refusal.corrupt("is damaged: it lacks storage " + Quoted.of(storage.key()));
    }
    return content;
  }

  private Object nextPickle() throws InputException {
    int window = (int) Math.min(PickleReader.LONGEST, file.size() - at);
    PickleReader reader = new PickleReader(file.view(at, window).buffer(), refusal);
    Object value = reader.read();
    at += reader.position();
    return value;
  }
}
