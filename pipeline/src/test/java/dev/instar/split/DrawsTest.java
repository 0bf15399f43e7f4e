package dev.instar.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DrawsTest {
  /** {@code hashlib.sha256(f"{seed}:{id}".encode()).digest()[:8]} */
  @Test
  void aDrawIsWhatPythonComputes() {
    assertThat(new Draws(1).of("GOLD000000-19")).isEqualTo(0xc25d6099cb2b7f68L);
    assertThat(new Draws(1).of("GOLD000001-20")).isEqualTo(0x21e860a327c6aefbL);
    assertThat(new Draws(-7).of("GOLD000000-19")).isEqualTo(0xdda4b124c06b32aaL);
    assertThat(new Draws(1).of("\u00e9")).isEqualTo(0x1a07c0971c1bef61L);
  }

  @Test
  void theOrderIsWhatPythonSortsTo() {
    Draws draws = new Draws(42);
    long[] drawn = IntStream.range(0, 10).mapToObj(i -> "R" + i).mapToLong(draws::of).toArray();
    assertThat(Draws.order(drawn)).containsExactly(5, 8, 7, 6, 4, 2, 9, 0, 3, 1);
  }

  @Test
  void drawsAreOrderedAsUnsignedNumbersDownToTheirLastBit() {
    long[] draws = {
      -1L, 1L << 63, Long.MAX_VALUE, 5L << 32 | 9, 5L << 32 | 7, 5L << 32 | -8L & 0xffffffffL, 0
    };
    assertThat(Draws.order(draws)).containsExactly(6, 4, 3, 5, 2, 1, 0);
  }

  @Test
  void repeatedIdsStayInFileOrderAndAreCounted() {
    long[] draws = {7, 3, 7, 3, 7};
    int[] order = Draws.order(draws);
    assertThat(order).containsExactly(1, 3, 0, 2, 4);
    assertThat(Draws.repeated(order, draws)).isEqualTo(3);
  }
}
