package dev.instar.fetch;

/** How far one file is. The thread that fetches it writes, any other may read. */
final class Meter {
  private final String name;
  private volatile Phase phase = Phase.WAITING;
  private volatile long total;
  private volatile long done;
  private volatile long received;

  /** What is being done with a file. */
  enum Phase {
    WAITING,
    CHECKING,
    FETCHING,
    VERIFYING,
    SETTLED
  }

  Meter(PublishedFile file) {
    name = file.name();
    total = file.bytes();
  }

  String name() {
    return name;
  }

  Phase phase() {
    return phase;
  }

  /** The file's size in bytes as far as known, or {@link PublishedFile#UNKNOWN}. */
  long total() {
    return total;
  }

  /** Bytes of the present phase that are done. */
  long done() {
    return done;
  }

  /** Bytes that came over the network in this run, those included that had to come again. */
  long received() {
    return received;
  }

  /** Bytes that lie here. */
  long here() {
    return isOnItsWay() ? done : Math.max(0, total);
  }

  /** Bytes still to come, as far as known. */
  long outstanding() {
    return isOnItsWay() ? Math.max(0, total - done) : 0;
  }

  private boolean isOnItsWay() {
    return phase == Phase.WAITING || phase == Phase.FETCHING;
  }

  void enter(Phase next, long bytesDone, long bytesTotal) {
    total = bytesTotal;
    done = bytesDone;
    phase = next;
  }

  void reach(long bytesDone) {
    done = bytesDone;
  }

  /** Counts bytes that came; only the thread that fetches calls this. */
  void receive(long bytes) {
    received = received + bytes;
    done = done + bytes;
  }

  void settle() {
    phase = Phase.SETTLED;
  }
}
