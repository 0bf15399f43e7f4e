package dev.instar.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

final class ShardIndexFuzzTest {
  @TempDir static Path folder;

  @FuzzTest
  void shards(byte[] bytes) throws IOException {
    Files.write(folder.resolve(ShardIndex.FILE), bytes);
    try {
      Optional<ShardIndex> index = ShardIndex.read(folder);
      assertThat(index.orElseThrow().shards()).isNotNull();
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("is no list of shards");
    }
  }
}
