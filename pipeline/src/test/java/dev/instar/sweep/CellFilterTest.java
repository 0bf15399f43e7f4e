package dev.instar.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CellFilterTest {
  private static final Map<String, String> FACTORS = new LinkedHashMap<>();

  static {
    FACTORS.put("model", "vit_base_patch16_224");
    FACTORS.put("optimizer.rate", "1e-3");
    FACTORS.put("seed", "1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "model=vit_base_patch16_224; true",
        "model=resnet50; false",
        "model=resnet50|vit_base_patch16_224; true",
        "model=vit*; true",
        "model=*224; true",
        "model=*; true",
        "model=vit; false",
        "model=vit*,seed=1; true",
        "model=vit*,seed=2; false",
        " model = vit* , seed = 1|2 ; true",
        "seed=11; false",
        "optimizer.rate=1e-3; true",
        "optimizer.rate=1e.3; false",
        "optimizer.rate=\\E1e-3; false",
      })
  void itTakesTheCellsThatHaveEveryLabel(String text, boolean taken) {
    assertThat(CellFilter.parse(text).accepts(FACTORS)).isEqualTo(taken);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "model", "=resnet50", "model=", "model=a,", "model=a,,seed=1"})
  void whatIsNoFilterIsRefused(String text) {
    assertThatThrownBy(() -> CellFilter.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("write axis=label,axis=label");
  }

  @Test
  void anAxisThatIsSaidTwiceOrIsNoneIsRefusedWithTheWayOut() {
    assertThatThrownBy(() -> CellFilter.parse("seed=1,seed=2"))
        .hasMessageContaining("write seed=label|label");
    assertThatThrownBy(() -> CellFilter.parse("modle=a").accepts(FACTORS))
        .hasMessage("the sweep has no axis 'modle'; did you mean model?");
    assertThatThrownBy(() -> CellFilter.parse("rate=1").accepts(FACTORS))
        .hasMessageContaining("did you mean optimizer.rate");
  }

  @Property(tries = 300)
  void aLabelMatchesItselfAndAnyTextIsAFilterOrRefused(
      @ForAll @StringLength(max = 20) String text, @ForAll @StringLength(max = 9) String label) {
    String own = Label.of(text);
    assertThat(own).matches(Label.FORM);
    assertThat(CellFilter.matches(own, own)).isTrue();
    try {
      CellFilter.matches(label, own);
      CellFilter.parse(text);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("'" + text + "'");
    }
  }
}
