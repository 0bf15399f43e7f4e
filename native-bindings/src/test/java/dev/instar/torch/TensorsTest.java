package dev.instar.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("try") // scopes own what is made on the way
final class TensorsTest {
  @BeforeAll
  static void load() {
    LibTorch.load(1);
  }

  @Test
  void aWrappedTensorIsTheMemoryItself() {
    try (PointerScope scope = new PointerScope();
        Tensor owner = torch.zeros(2, 3)) {
      Tensor wrapped = Tensors.wrap(owner.data_ptr().address(), ScalarType.Float, 3, 2);

      wrapped.add_(torch.ones(3, 2));

      assertThat(Tensors.shape(wrapped)).containsExactly(3, 2);
      assertThat(Tensors.floats(owner)).containsOnly(1);
    }
  }

  @Test
  void stridesAreTakenInElements() {
    try (PointerScope scope = new PointerScope();
        Tensor owner = torch.tensor(0, 1, 2, 3, 4, 5)) {
      long address = owner.data_ptr().address();
      long[] shape = {3, 2};

      assertThat(
              Tensors.doubles(Tensors.wrap(address, owner.scalar_type(), shape, new long[] {1, 3})))
          .containsExactly(0, 3, 1, 4, 2, 5);
      assertThatThrownBy(() -> Tensors.wrap(address, ScalarType.Float, shape, new long[] {1}))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aStoredTensorIsAViewWhereElementsAreInOrder() {
    try (PointerScope scope = new PointerScope();
        Tensor tensor = torch.tensor(1f, 2f, 3f)) {
      StoredTensor stored = Tensors.stored(tensor);

      assertThat(stored.type()).isEqualTo(ElementType.F32);
      assertThat(stored.data().address()).isEqualTo(tensor.data_ptr().address());
      assertThat(Tensors.floats(Tensors.wrap(stored))).containsExactly(1, 2, 3);
    }
  }

  @Test
  void aStridedTensorIsCopiedInOrderIntoTheScope() {
    try (Tensor tensor = torch.ones(2, 3);
        Tensor turned = tensor.t()) {
      assertThatThrownBy(() -> Tensors.stored(turned)).isInstanceOf(IllegalStateException.class);
    }
    try (PointerScope scope = new PointerScope()) {
      Tensor turned = torch.tensor(1f, 2f, 3f, 4f).reshape(2, 2).t();

      StoredTensor stored = Tensors.stored(turned);

      assertThat(stored.shape()).isEqualTo(List.of(2L, 2L));
      assertThat(Tensors.floats(Tensors.wrap(stored))).containsExactly(1, 3, 2, 4);
    }
  }

  @Test
  void scalarsAndEmptyTensorsHaveAPlaceToo() {
    try (PointerScope scope = new PointerScope()) {
      StoredTensor scalar = Tensors.stored(torch.tensor(4.5).reshape());
      StoredTensor empty = Tensors.stored(torch.zeros(0, 3));

      assertThat(scalar.shape()).isEmpty();
      assertThat(Tensors.doubles(Tensors.wrap(scalar))).containsExactly(4.5);
      assertThat(empty.elements()).isZero();
      assertThat(Tensors.shape(Tensors.wrap(empty))).containsExactly(0, 3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyElementTypeGoesThereAndBack(ElementType type) {
    try (PointerScope scope = new PointerScope()) {
      StoredTensor stored =
          new StoredTensor(type, List.of(2L), Bytes.copyOf(new byte[2 * type.bytes()]));

      Tensor wrapped = Tensors.wrap(stored);

      assertThat(wrapped.itemsize()).isEqualTo(type.bytes());
      assertThat(Tensors.stored(wrapped).type()).isEqualTo(type);
    }
  }

  @Test
  void whatIsKeptOutlivesItsScopeUntilItIsClosed() {
    Tensor kept;
    Tensor left;
    try (PointerScope scope = new PointerScope()) {
      kept = Tensors.keep(torch.ones(2));
      left = torch.ones(2);
    }

    assertThat(left.isNull()).isTrue();
    assertThat(Tensors.floats(kept)).containsOnly(1);
    kept.close();
    assertThat(kept.isNull()).isTrue();
  }

  @Test
  void inferenceAsksForNoGradientsAndEndsWithItsWork() {
    try (PointerScope scope = new PointerScope()) {
      Tensor weight = torch.ones(2).requires_grad_(true);

      assertThat(Inference.of(() -> weight.add(weight)).requires_grad()).isFalse();
      assertThatThrownBy(
              () ->
                  Inference.run(
                      () -> {
                        throw new IllegalStateException("work");
                      }))
          .hasMessage("work");
      assertThat(weight.add(weight).requires_grad()).isTrue();
    }
  }

  @Test
  void wrappingAndReadingBackLeaksNothing() {
    try (NativeBuffer slab = NativeBuffer.allocate(1 << 20)) {
      readBack(slab, 20);
      long before = Pointer.physicalBytes();
      readBack(slab, 400);
      // What was read back in all is 800 MB.
      assertThat(Pointer.physicalBytes() - before).isLessThan(200L << 20);
    }
  }

  private static void readBack(NativeBuffer slab, int times) {
    for (int i = 0; i < times; i++) {
      try (PointerScope scope = new PointerScope()) {
        Tensor wrapped =
            Tensors.wrap(
                slab.address(),
                ScalarType.Byte,
                new long[] {1 << 10, 1 << 10},
                new long[] {1, 1 << 10});
        Tensors.stored(wrapped.add(wrapped));
      }
    }
  }

  @Test
  void doesNotTakeMoreThreadsThanItIsGiven() {
    assertThat(LibTorch.threads()).isEqualTo(1);
    assertThat(LibTorch.version()).matches("\\d+\\.\\d+\\.\\d+");
    assertThatThrownBy(() -> LibTorch.load(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
