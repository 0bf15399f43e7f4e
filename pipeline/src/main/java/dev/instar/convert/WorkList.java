package dev.instar.convert;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.pack.ImageSink;
import dev.instar.pack.ImageSource;
import dev.instar.pack.NameTable;
import dev.instar.pack.SafeName;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Which records of the input are still to be done: settled once, before any work, from the names
 * alone. Handing them out is thread-safe.
 *
 * <p>Unsafe names and names that came before go to quarantine here, so that what is handed out has
 * a name of its own.
 */
final class WorkList {
  private final BitSet todo = new BitSet();
  private final Map<String, Long> stillQuarantined = new HashMap<>();
  private long alreadyThere;
  private long refused;
  private int cursor;
  private long sequence;

  /**
   * One record to work on: the {@code sequence}-th that was handed out, number {@code index} of the
   * source.
   */
  record Task(long sequence, int index) {}

  private WorkList() {}

  /**
   * Looks through one shard of the input.
   *
   * @param retry whether records in quarantine are tried again
   */
  static WorkList of(
      ImageSource source, ShardPlan shard, ImageSink sink, Quarantine quarantine, boolean retry)
      throws IOException {
    WorkList list = new WorkList();
    NameTable seen = new NameTable();
    boolean anyQuarantined = !quarantine.entries().isEmpty();
    int to = shard.to(source.size());
    for (int i = shard.from(source.size()); i < to; i++) {
      Quarantine.Entry entry = anyQuarantined ? quarantine.at(source.location(i)) : null;
      if (entry != null && !retry) {
        list.stillQuarantined.merge(entry.reason(), 1L, Long::sum);
        continue;
      }
      try {
        String name = checked(source.name(i), seen);
        if (sink.contains(name)) {
          list.alreadyThere++;
          if (entry != null) {
            quarantine.release(entry.location());
          }
        } else {
          list.todo.set(i);
        }
      } catch (InputException e) {
        list.refused++;
        quarantine.add(source.name(i), source.location(i), e);
        list.stillQuarantined.merge(e.fault().label(), 1L, Long::sum);
      }
    }
    return list;
  }

  private static String checked(String name, NameTable seen) throws InputException {
    SafeName.check(name);
    if (seen.find(name) >= 0) {
      throw new InputException(
          Fault.DUPLICATE_NAME,
          "another record of the input has the same name; rename one of them");
    }
    seen.add(name);
    return name;
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
  int indexAfter(int index) {
    return todo.nextSetBit(index + 1);
  }

  /** The number of records to work on. */
  int size() {
    return todo.cardinality();
  }

  /** The number of records that an earlier run stored. */
  long alreadyThere() {
    return alreadyThere;
  }

  /** The number of records that this look found unusable by their name. */
  long refused() {
    return refused;
  }

  /** Records that need no work since they are in quarantine, by reason. */
  Map<String, Long> quarantined() {
    return stillQuarantined;
  }
}
