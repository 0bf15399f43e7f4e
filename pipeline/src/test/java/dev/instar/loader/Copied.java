package dev.instar.loader;

import dev.instar.memory.ForeignMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a batch held, on the heap. */
record Copied(
    int number,
    List<Integer> samples,
    List<Long> labels,
    List<Long> partners,
    double mixing,
    byte[] images) {
  static Copied of(Batch batch) {
    List<Integer> samples = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      samples.add(batch.sample(i));
    }
    return new Copied(
        batch.number(),
        samples,
        numbers(batch.labels(), batch.size()),
        numbers(batch.partnerLabels(), batch.size()),
        batch.mixing(),
        bytes(batch.images(), batch.size() * batch.format().sampleBytes()));
  }

  /** All batches from the current one to the end, closed as soon as they are copied. */
  static List<Copied> rest(Epoch epoch) throws IOException, InterruptedException {
    List<Copied> batches = new ArrayList<>();
    for (Optional<Batch> next = epoch.next(); next.isPresent(); next = epoch.next()) {
      try (Batch batch = next.get()) {
        batches.add(of(batch));
      }
    }
    return batches;
  }

  static List<Copied> epoch(BatchLoader loader, int number, int first)
      throws IOException, InterruptedException {
    try (Epoch epoch = loader.epoch(number, first)) {
      return rest(epoch);
    }
  }

  /** The bytes of the sample at {@code index}. */
  byte[] image(int index) {
    int bytes = images.length / samples.size();
    return Arrays.copyOfRange(images, index * bytes, (index + 1) * bytes);
  }

  static byte[] bytes(long address, int length) {
    byte[] copy = new byte[length];
    ForeignMemory.view(address, length).get(copy);
    return copy;
  }

  private static List<Long> numbers(long address, int count) {
    ByteBuffer buffer = ForeignMemory.view(address, count * Long.BYTES);
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(buffer.getLong());
    }
    return numbers;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Copied copied
        && number == copied.number
        && samples.equals(copied.samples)
        && labels.equals(copied.labels)
        && partners.equals(copied.partners)
        && mixing == copied.mixing
        && Arrays.equals(images, copied.images);
  }

  @Override
  public int hashCode() {
    return Objects.hash(number, samples, Arrays.hashCode(images));
  }
}
