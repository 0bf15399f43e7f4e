package dev.instar.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.Fault;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.jpg",
        "part1/a.jpg",
        "a b,c;\"d\".jpg",
        "Käfer/甲虫.jpg",
        "...",
        "a..b",
        "-x",
        "ab:c"
      })
  void takesOrdinaryNames(String name) throws UnsafeNameException {
    assertThat(SafeName.check(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "../a",
        "a/..",
        "a/../b",
        "a/./b",
        "a\\b",
        "C:x",
        "c:/x",
        "a\nb",
        "a\0b",
        "a\u007fb",
        "a\u0085b",
        "\ud800",
        "a\udc00b"
      })
  void refusesNamesThatCouldLeaveAFolderOrCannotBeSpelled(String name) {
    assertThatThrownBy(() -> SafeName.check(name))
        .isInstanceOfSatisfying(
            UnsafeNameException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNSAFE_NAME))
        .hasMessageNotContaining("\n");
  }

  @Property
  void lengthsAreCountedInBytes(@ForAll @StringLength(value = 128) @Chars({'a', 'b'}) String half)
      throws UnsafeNameException {
    assertThat(SafeName.check(half + half.substring(1))).hasSize(255);
    assertThatThrownBy(() -> SafeName.check(half + half)).hasMessageContaining("256 bytes");
    assertThatThrownBy(() -> SafeName.check("ü".repeat(128))).hasMessageContaining("256 bytes");
    assertThatThrownBy(() -> SafeName.check((half + "/").repeat(8) + "x"))
        .hasMessageContaining("1033");
  }

  @Property(tries = 5000)
  void aSafeNameStaysBelowItsFolder(@ForAll String name) {
    Path folder = Path.of("/srv/out");
    try {
      SafeName.check(name);
    } catch (UnsafeNameException e) {
      return;
    }
    Path file = folder.resolve(name).normalize();
    assertThat(file.startsWith(folder)).isTrue();
    assertThat(file).isNotEqualTo(folder);
  }
}
