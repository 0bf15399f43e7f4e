package dev.instar.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Whatever Slurm prints: states of tasks, and no exception. */
final class StateLinesFuzzTest {
  @FuzzTest
  void readsWhateverSqueuePrints(byte[] bytes) {
    check(StateLines.ofQueue(new String(bytes, StandardCharsets.UTF_8)));
  }

  @FuzzTest
  void readsWhateverSacctPrints(byte[] bytes) {
    check(StateLines.ofAccounts(new String(bytes, StandardCharsets.UTF_8)));
  }

  private static void check(Map<TaskId, TaskState> states) {
    assertThat(states.values())
        .allSatisfy(
            state -> {
              assertThat(state.id().job()).isNotNegative();
              assertThat(state.id().task()).isGreaterThanOrEqualTo(-1);
              assertThat(state.state()).matches("[A-Z_]+");
              assertThat(state.phase()).isNotNull();
            });
  }
}
