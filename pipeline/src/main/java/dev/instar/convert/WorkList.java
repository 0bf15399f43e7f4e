package dev.instar.convert;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.pack.ImageSource;
import dev.instar.pack.NameTable;
import dev.instar.pack.SafeName;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Which records of the input are still to be done: settled once, before any work, from the names
 * alone. Handing them out is thread-safe.
 *
 * <p>Unsafe names and names that came before go to quarantine here, so that what is handed out has
 * a name of its own.
 */
public final class WorkList {
  private final BitSet todo = new BitSet();
  private final BitSet there = new BitSet();
  private final Map<String, Long> quarantined = new HashMap<>();
  private Quarantine.Entry firstQuarantined;
  private final Map<String, Long> skipped = new HashMap<>();
  private int cursor;
  private long sequence;

  /**
   * One record to work on: the {@code sequence}-th that was handed out, number {@code index} of the
   * source.
   */
  record Task(long sequence, int index) {}

  private WorkList() {}

  /**
   * Looks through one shard of the input. The records before it are looked at too: a name that one
   * of them has is taken, as it would be without shards.
   *
   * @param retry whether records in quarantine are tried again
   */
  public static WorkList of(
      ImageSource source, ShardPlan shard, Stored stored, Quarantine quarantine, boolean retry)
      throws IOException {
    WorkList list = new WorkList();
    NameTable taken = new NameTable();
    int from = shard.from(source.size());
    int to = shard.to(source.size());
    for (int i = 0; i < to; i++) {
      Optional<InputException> flaw = flawOf(source.name(i), stored, taken);
      if (i >= from) {
        list.place(i, flaw, source, stored, quarantine, retry);
      }
    }
    return list;
  }

  private void place(
      int index,
      Optional<InputException> flaw,
      ImageSource source,
      Stored stored,
      Quarantine quarantine,
      boolean retry)
      throws IOException {
    Optional<String> leftOut = stored.leftOut(source.location(index));
    Quarantine.Entry earlier =
        quarantine.entries().isEmpty() ? null : quarantine.at(source.location(index));
    if (earlier != null && !retry) {
      count(earlier);
    } else if (flaw.isPresent()) {
      count(quarantine.add(source.name(index), source.location(index), flaw.get()));
    } else if (stored.contains(source.name(index))) {
      there.set(index);
      if (earlier != null) {
        quarantine.release(earlier.location());
      }
    } else if (leftOut.isPresent()) {
      skipped.merge(leftOut.get(), 1L, Long::sum);
    } else {
      todo.set(index);
    }
  }

  private void count(Quarantine.Entry entry) {
    if (firstQuarantined == null) {
      firstQuarantined = entry;
    }
    quarantined.merge(entry.reason(), 1L, Long::sum);
  }

  /** What makes a record unusable by its name alone; a good name is taken from then on. */
  private static Optional<InputException> flawOf(String name, Stored stored, NameTable taken) {
    try {
      SafeName.check(name);
    } catch (InputException e) {
      return Optional.of(e);
    }
    String key = stored.keyOf(name);
    if (taken.add(key) != NameTable.NONE) {
      return Optional.empty();
    }
    String how =
        key.equals(name)
            ? "another record of the input has the same name"
            : "another record of the input would be stored as " + key + " too";
    return Optional.of(new InputException(Fault.DUPLICATE_NAME, how + "; rename one of them"));
  }

  /** Adds those records to work on that an earlier run stored, of which {@code which} holds. */
  public void repeat(IntPredicate which) {
    there.stream().filter(which).forEach(todo::set);
  }

  /** Whether an earlier run stored the record. */
  public boolean isThere(int index) {
    return there.get(index);
  }

  /** The next record to work on, in the order of the input; null after the last. */
  synchronized Task next() {
    int index = todo.nextSetBit(cursor);
    if (index < 0) {
      return null;
    }
    cursor = index + 1;
    return new Task(sequence++, index);
  }

  /**
   * The index in the source of the next task after {@code index}: what the writer counts along,
   * independent of {@link #next}.
   */
  public int indexAfter(int index) {
    return todo.nextSetBit(index + 1);
  }

  /** The number of records to work on. */
  int size() {
    return todo.cardinality();
  }

  /** The number of records that an earlier run stored. */
  public long alreadyThere() {
    return there.cardinality();
  }

  /** Records that need no work since an earlier run left them out, by quality. */
  Map<String, Long> skipped() {
    return skipped;
  }

  /** The first of the records that need no work since they are in quarantine, if any. */
  Optional<Quarantine.Entry> firstQuarantined() {
    return Optional.ofNullable(firstQuarantined);
  }

  /** Records that need no work since they are in quarantine, by reason. */
  Map<String, Long> quarantined() {
    return quarantined;
  }
}
