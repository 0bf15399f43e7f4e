package dev.instar.cli;

import dev.instar.pack.ContentChecksum;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.Sources;
import dev.instar.publish.Checksum;
import dev.instar.sweep.Provenance;
import dev.instar.sweep.Provenance.DataFile;
import dev.instar.train.RunSettings;
import dev.instar.train.TrainingPlan;
import dev.instar.train.TrainingResult;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a finished training came from, gathered once and kept in its folder. */
final class RunProvenance {
  private RunProvenance() {}

  /**
   * What is kept in the run's folder already, or else what is found now, and then kept. Data are
   * looked at where they were read; what is noted is where they are when the run is over.
   *
   * @param command that makes the same run again
   */
  static Provenance keep(TrainingPlan plan, TrainingResult<?> result, List<String> command)
      throws IOException {
    Path run = plan.conduct().folder();
    Optional<Provenance> kept = Provenance.read(run);
    if (kept.isPresent()) {
      return kept.get();
    }
    Provenance provenance =
        new Provenance(
            Software.versions(),
            data(plan),
            RunSettings.read(run).orElse(Map.of()),
            new Machine()
                .environment(
                    plan.conduct().threads(), plan.conduct().torchThreads(), result.device()),
            command);
    provenance.write(run);
    return provenance;
  }

  private static List<DataFile> data(TrainingPlan plan) throws IOException {
    List<DataFile> data = new ArrayList<>();
    data.add(pictures(plan.pack(), plan.copies().pack()));
    data.add(file("metadata", plan.metadata(), plan.copies().metadata()));
    if (plan.weights().isPresent()) {
      data.add(file("weights", plan.weights().get(), plan.weights().get()));
    }
    return data;
  }

  private static DataFile pictures(Path path, Path read) throws IOException {
    try (ImageSource source = Sources.open(List.of(read.toString()), Limits.DEFAULT)) {
      return of("pack", path, read, "records-sha256:" + ContentChecksum.of(source));
    }
  }

  private static DataFile file(String role, Path path, Path read) throws IOException {
    return of(role, path, read, "sha256:" + Checksum.of(read));
  }

  private static DataFile of(String role, Path path, Path read, String checksum)
      throws IOException {
    return new DataFile(role, path.toAbsolutePath().normalize().toString(), bytes(read), checksum);
  }

  /** Of a folder, those of its files. */
  private static long bytes(Path path) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
