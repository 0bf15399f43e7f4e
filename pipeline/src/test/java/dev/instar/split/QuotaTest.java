package dev.instar.split;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.testing.SharedData;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QuotaTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0", "2, 0, 0, 0", "3, 1, 1, 1", "4, 2, 1, 1", "5, 3, 1, 1", "6, 4, 1, 1",
    "8, 5, 1, 2", "12, 9, 1, 2", "15, 10, 2, 3", "30, 21, 3, 6", "63, 44, 6, 13", "96, 67, 10, 19",
    "50000, 35000, 5000, 10000", "200000, 140000, 20000, 40000"
  })
  void roundsAsPublished(int records, int train, int validation, int test) {
    assertThat(Quota.of(records)).isEqualTo(new Quota(train, validation, test));
  }

  @Test
  void roundsEverySizeOfTheGoldenTableAsTheReferenceDoes() throws IOException {
    JsonNode golden =
        new ObjectMapper()
            .readTree(SharedData.path("golden/split/rounding_expected.json").toFile());
    assertThat(golden.get("rows")).hasSizeGreaterThan(130);
    for (JsonNode row : golden.get("rows")) {
      assertThat(Quota.of(row.get(0).intValue()))
          .as("%s records", row.get(0))
          .isEqualTo(
              new Quota(row.get(1).intValue(), row.get(2).intValue(), row.get(3).intValue()));
    }
  }

  @Property
  void everyRecordOfAClassHasOnePlaceAndNoSetIsEmpty(
      @ForAll @IntRange(min = 3, max = 2_000_000) int records) {
    Quota quota = Quota.of(records);
    assertThat(quota.total()).isEqualTo(records);
    assertThat(quota.train()).isPositive();
    assertThat(quota.validation()).isPositive();
    assertThat(quota.test()).isPositive();
    assertThat(quota.subsetOf(0)).isEqualTo(Subset.TRAIN);
    assertThat(quota.subsetOf(quota.train())).isEqualTo(Subset.VALIDATION);
    assertThat(quota.subsetOf(records - 1)).isEqualTo(Subset.TEST);
    assertThat(quota.subsetOf(records)).isEqualTo(Subset.NO_SPLIT);
  }
}
