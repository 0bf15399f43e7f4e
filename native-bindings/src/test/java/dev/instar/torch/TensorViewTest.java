package dev.instar.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.memory.Bytes;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A view of a storage becomes the row-major tensor that its strides describe. */
final class TensorViewTest {
  private static final Refusal REFUSAL = new Refusal(Path.of("views.pth"));

  private static StorageRef storage(ElementType type, long elements) {
    return new StorageRef(type, "0", elements, 0, elements);
  }

  @Property(tries = 300)
  void equalsWhatIndexingGives(
      @ForAll ElementType type,
      @ForAll @Size(max = 4) List<@IntRange(min = 0, max = 4) Integer> sizes,
      @ForAll @Size(4) List<@IntRange(min = 0, max = 7) Integer> steps,
      @ForAll @IntRange(max = 5) int offset)
      throws InputException {
    List<Long> shape = sizes.stream().map(Long::valueOf).toList();
    List<Long> strides = steps.subList(0, sizes.size()).stream().map(Long::valueOf).toList();
    int elements = offset + 1;
    for (int i = 0; i < sizes.size(); i++) {
      elements += Math.max(0, sizes.get(i) - 1) * steps.get(i);
    }
    byte[] bytes = new byte[elements * type.bytes()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    TensorView view = TensorView.of(storage(type, elements), offset, shape, strides, REFUSAL);
    try (TensorCopies copies = new TensorCopies(REFUSAL, bytes.length)) {
      StoredTensor tensor =
          view.read(new Stretch.Unpacked(Bytes.copyOf(bytes)), copies, "t", REFUSAL);
      assertThat(tensor.shape()).isEqualTo(shape);
      assertThat(tensor.data().toArray())
          .isEqualTo(indexed(bytes, type.bytes(), shape, strides, offset));
    }
  }

  private static byte[] indexed(
      byte[] storage, int width, List<Long> shape, List<Long> strides, int offset) {
    List<Integer> places = new ArrayList<>(List.of(offset));
    for (int i = 0; i < shape.size(); i++) {
      List<Integer> next = new ArrayList<>();
      for (int place : places) {
        for (int k = 0; k < shape.get(i); k++) {
          next.add(place + k * strides.get(i).intValue());
        }
      }
      places = next;
    }
    ByteBuffer row = ByteBuffer.allocate(places.size() * width);
    places.forEach(place -> row.put(storage, place * width, width));
    return row.array();
  }

  @Test
  void refusesWhatLeavesTheStorage() {
    assertThatThrownBy(
            () ->
                TensorView.of(
                    storage(ElementType.F32, 10), 1, List.of(2L, 5L), List.of(5L, 1L), REFUSAL))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("reaches beyond its storage");
  }

  @Test
  void refusesNumbersThatOverflow() {
    long huge = Long.MAX_VALUE / 2;
    assertThatThrownBy(
            () ->
                TensorView.of(
                    storage(ElementType.U8, 10), 0, List.of(3L, 2L), List.of(huge, huge), REFUSAL))
        .isInstanceOf(InputException.class);
  }

  @Test
  void refusesAStrideOfZeroThatMakesATinyFileAGigabyte() throws InputException {
    List<Long> shape = List.of(1L << 14, 1L << 14);
    TensorView view =
        TensorView.of(storage(ElementType.F32, 1), 0, shape, List.of(0L, 0L), REFUSAL);
    Stretch content = new Stretch.Unpacked(Bytes.copyOf(new byte[4]));
    try (TensorCopies copies = new TensorCopies(REFUSAL, 1000)) {
      assertThatThrownBy(() -> view.read(content, copies, "bomb", REFUSAL))
          .isInstanceOfSatisfying(
              InputException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TOO_MANY_BYTES))
          .hasMessageContaining("bomb");
    }
  }
}
