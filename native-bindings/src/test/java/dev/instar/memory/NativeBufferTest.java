package dev.instar.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NativeBufferTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 1000, 5_000_000})
  void startsWithALineOfTheCacheAndHoldsWhatItPromises(int bytes) {
    try (NativeBuffer buffer = NativeBuffer.allocate(bytes)) {
      for (int growth = 0; growth < 3; growth++) {
        buffer.ensureCapacity(bytes + growth * 100);
        assertThat(buffer.address() % 64).isZero();
        var view = buffer.asByteBuffer();
        assertThat(view.capacity()).isEqualTo(buffer.capacity());
        if (view.hasRemaining()) {
          view.put(view.capacity() - 1, (byte) 7);
          assertThat(buffer.bytes(0, buffer.capacity()).get(view.capacity() - 1)).isEqualTo(7);
        }
      }
    }
  }
}
