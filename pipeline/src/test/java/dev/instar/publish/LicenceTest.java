package dev.instar.publish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LicenceTest {
  @ParameterizedTest
  @CsvSource({
    "CC BY 3.0, CC-BY-3.0, cc-by-3.0, https://creativecommons.org/licenses/by/3.0/",
    "cc-by-4.0, CC-BY-4.0, cc-by-4.0, https://creativecommons.org/licenses/by/4.0/",
    "CC BY-NC-SA 4.0, CC-BY-NC-SA-4.0, cc-by-nc-sa-4.0, https://creativecommons.org/licenses/by-nc-sa/4.0/",
    "Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International License, CC-BY-NC-SA-4.0, cc-by-nc-sa-4.0, https://creativecommons.org/licenses/by-nc-sa/4.0/",
    "CreativeCommons - Attribution Non-Commercial 3.0 Unported, CC-BY-NC-3.0, cc-by-nc-3.0, https://creativecommons.org/licenses/by-nc/3.0/",
    "https://creativecommons.org/licenses/by-sa/4.0/deed.en, CC-BY-SA-4.0, cc-by-sa-4.0, https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0, CC0-1.0, cc0-1.0, https://creativecommons.org/publicdomain/zero/1.0/",
    "CC0 1.0 Universal, CC0-1.0, cc0-1.0, https://creativecommons.org/publicdomain/zero/1.0/",
    "Creative Commons Zero, CC0-1.0, cc0-1.0, https://creativecommons.org/publicdomain/zero/1.0/",
    "CC BY-ND 1.0, CC-BY-ND-1.0, other, https://creativecommons.org/licenses/by-nd/1.0/",
    "mit, MIT, mit, https://spdx.org/licenses/MIT.html"
  })
  void recognisesHowLicencesAreSpelt(String stated, String spdx, String hub, String url) {
    assertThat(Licence.of(stated).spdx()).contains(spdx);
    assertThat(Licence.of(stated).hub()).isEqualTo(hub);
    assertThat(Licence.of(stated).url()).contains(url);
    assertThat(Licence.of(stated).stated()).isEqualTo(stated);
  }

  @Test
  void claimsNoVersionThatIsNotStated() {
    Licence licence = Licence.of("CreativeCommons - Attribution");
    assertThat(licence.hub()).isEqualTo("cc");
    assertThat(licence.spdx()).isEmpty();
    assertThat(licence.reference()).isEqualTo("CreativeCommons - Attribution");
  }

  @ParameterizedTest
  @CsvSource({"ask the museum", "CC BY-SA-ND 4.0", "CC BY 4.5", "not CC BY 3.0"})
  void takesNothingForALicenceThatIsNone(String stated) {
    assertThat(Licence.of(stated).spdx()).isEmpty();
    assertThat(Licence.of(stated).hub()).isEqualTo("other");
  }
}
