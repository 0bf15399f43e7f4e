package dev.instar.taxonomy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Hash64Test {
  /** Expected values from the xxhash package of Python. */
  @ParameterizedTest
  @CsvSource({
    "'', 0, ef46db3751d8e999",
    "a, 0, d24ec4f1a98c6e5b",
    "abc, 0, 44bc2cf5ad770999",
    "abc, 1, bea9ca8199328908"
  })
  void equalsPublishedValues(String text, long seed, String expected) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(bytes, bytes.length + RowScanner.PADDING);
    assertThat(Long.toHexString(Hash64.of(padded, 0, bytes.length, seed))).isEqualTo(expected);
  }

  @Property
  void dependsOnTheBytesAlone(@ForAll @Size(max = 100) byte[] bytes, @ForAll byte around) {
    byte[] padded = new byte[bytes.length + 3 + RowScanner.PADDING];
    Arrays.fill(padded, around);
    System.arraycopy(bytes, 0, padded, 3, bytes.length);
    byte[] plain = Arrays.copyOf(bytes, bytes.length + RowScanner.PADDING);
    assertThat(Hash64.of(padded, 3, 3 + bytes.length, 5))
        .isEqualTo(Hash64.of(plain, 0, bytes.length, 5));
  }
}
