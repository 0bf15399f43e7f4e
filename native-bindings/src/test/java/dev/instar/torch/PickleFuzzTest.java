package dev.instar.torch;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.instar.image.InputException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes are a pickle of data, or are refused. As an ordinary test this runs over the seeds;
 * with {@code JAZZER_FUZZ=1} it looks for more.
 */
final class PickleFuzzTest {
  @MethodSource("seeds")
  @FuzzTest
  void reads(byte[] pickle) {
    Refusal refusal = new Refusal(Path.of("fuzzed"));
    try {
      CheckpointTree.of(new PickleReader(ByteBuffer.wrap(pickle), refusal).read(), refusal);
    } catch (InputException refused) {
      assertThat(refused).hasMessageStartingWith("fuzzed ");
    }
  }

  static Stream<byte[]> seeds() {
    PickleWriter state = new PickleWriter();
    TorchArchiveWriterTest.oneOfEach().forEach((name, tensor) -> state.add(name, tensor, "0"));
    byte[] whole = state.finish();
    return Stream.of(new byte[0], whole, Arrays.copyOf(whole, whole.length / 2));
  }
}
