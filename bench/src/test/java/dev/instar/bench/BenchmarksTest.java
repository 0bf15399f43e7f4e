package dev.instar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.testing.SharedData;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each benchmark works, with each of its parameters; how fast is for a quiet machine to say. */
final class BenchmarksTest {
  private static final String PHOTOS = "photos";

  static Stream<Arguments> benchmarks() {
    Set<BenchmarkListEntry> all =
        BenchmarkList.defaultList()
            .getAll(
                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
                List.of());
    return all.stream().map(entry -> Arguments.of(entry.getUsername(), takesPhotographs(entry)));
  }

  private static boolean takesPhotographs(BenchmarkListEntry entry) {
    return entry.getParams().hasValue() && entry.getParams().get().containsKey(PHOTOS);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("benchmarks")
  void runsOnce(String benchmark, boolean ofPhotographs) throws RunnerException {
    String photos = ofPhotographs ? SharedData.path("data/photos").toString() : "";
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("^" + benchmark.replace(".", "\\.") + "$")
                    .mode(Mode.SingleShotTime)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .forks(0)
                    .param(PHOTOS, photos)
                    .param("records", "100")
                    .param("model", "resnet18")
                    .param("batch", "1")
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    assertThat(results)
        .isNotEmpty()
        .allSatisfy(result -> assertThat(result.getPrimaryResult().getSampleCount()).isPositive());
  }
}
