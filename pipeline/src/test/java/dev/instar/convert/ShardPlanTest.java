package dev.instar.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardPlanTest {
  @Property
  void shardsCoverTheInputOnceAndInOrder(
      @ForAll @IntRange(max = 2_000_000) int size,
      @ForAll @IntRange(min = 1, max = 200) int count) {
    int next = 0;
    for (int i = 0; i < count; i++) {
      ShardPlan shard = new ShardPlan(i, count);
      assertThat(shard.from(size)).isEqualTo(next);
      next = shard.to(size);
      assertThat(next - shard.from(size)).isBetween(size / count, size / count + 1);
    }
    assertThat(next).isEqualTo(size);
  }

  @Test
  void readsTheWrittenForm() {
    assertThat(ShardPlan.parse("3/8")).isEqualTo(new ShardPlan(3, 8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "8/8", "-1/8", "1/0", "a/b", "1/2/3", "1.5/2"})
  void refusesWhatIsNoShard(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ShardPlan.parse(text));
  }

  @Test
  void takesTheShardOfASlurmArray() {
    assertThat(
            ShardPlan.ofSlurm(
                Map.of(
                    "SLURM_ARRAY_TASK_ID", "7",
                    "SLURM_ARRAY_TASK_COUNT", "4",
                    "SLURM_ARRAY_TASK_MIN", "1",
                    "SLURM_ARRAY_TASK_STEP", "2")))
        .contains(new ShardPlan(3, 4));
    assertThat(ShardPlan.ofSlurm(Map.of())).isEmpty();
  }

  @Test
  void namesEachShardsOutput() {
    assertThat(new ShardPlan(2, 8).pathOf(Path.of("a/cropped.h5")))
        .isEqualTo(Path.of("a/cropped-00002-of-00008.h5"));
    assertThat(ShardPlan.WHOLE.pathOf(Path.of("a/cropped.h5"))).isEqualTo(Path.of("a/cropped.h5"));
  }
}
