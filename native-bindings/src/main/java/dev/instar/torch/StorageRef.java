package dev.instar.torch;

import dev.instar.image.InputException;
import java.util.List;
import java.util.Optional;

/**
 * What a pickle says of a storage that lies outside it.
 *
 * @param key its name in the file
 * @param elements its size
 * @param offset where the part that tensors see begins, in elements: only the old format has parts
 * @param visible the size of that part
 */
record StorageRef(ElementType type, String key, long elements, long offset, long visible) {
  /**
   * Reads a persistent id as torch.save writes it (torch/serialization.py, {@code persistent_id}):
   * {@code ("storage", class, key, device, elements)}, in the old format followed by None or {@code
   * (key, offset, elements)} of a part.
   */
  static StorageRef of(List<Object> id, Refusal refusal) throws InputException {
    boolean good =
        id.size() >= 5
            && id.size() <= 6
            && "storage".equals(id.get(0))
            && id.get(1) instanceof PickleGlobal
            && id.get(2) instanceof String
            && id.get(4) instanceof Long elements
            && elements >= 0;
    if (!good) {
      throw refusal.corrupt(
          "refers to something outside its pickle that is no storage of tensors: it may hold a"
              + " whole model; save its state_dict instead");
    }
    ElementType type =
        ((PickleGlobal) id.get(1))
            .storage()
            .orElseThrow(() -> refusal.corrupt("has a storage of no known element type"));
    String key = (String) id.get(2);
    long elements = (Long) id.get(4);
    if (id.size() == 5 || id.get(5) instanceof Optional<?>) {
      return new StorageRef(type, key, elements, 0, elements);
    }
    if (id.get(5) instanceof List<?> part
        && part.size() == 3
        && part.get(1) instanceof Long offset
        && part.get(2) instanceof Long visible
        && offset >= 0
        && visible >= 0
        && offset <= elements
        && visible <= elements - offset) {
      return new StorageRef(type, key, elements, offset, visible);
    }
    throw refusal.corrupt("has a storage with a part that leaves it");
  }
}
