package dev.instar.sweep;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The right to work on a cell, for one process at a time, among processes on any hosts that share a
 * file system. Thread-safe.
 *
 * <p>A lease is a file {@code lease.N} that is made exclusively, so that one of several that want
 * it gets it, on NFS too. Its holder writes to it every few seconds; one that was not written to
 * for {@link #STALE_SECONDS} by the file server's clock, and is not while somebody watches, is
 * dead, and whoever makes {@code lease.N+1} comes after it. On the host of the holder a process
 * that has ended is dead at once. No file is taken away from a living process: a holder that slept
 * takes the next number itself before it goes on, and stops if another has it.
 */
public final class Lease implements AutoCloseable {
  /** How often the holder gives a sign of life. */
  static final long BEAT_SECONDS = 5;

  /** Without a sign for so long a holder is dead. Attributes on NFS may be a minute old. */
  static final long STALE_SECONDS = 90;

  /** The file of a sweep that tells everybody to stop, seen from the folder of a cell. */
  private static final Path CANCELLED = Path.of("..", "..", "cancelled");

  private static final Rhythm RHYTHM =
      new Rhythm(Duration.ofSeconds(BEAT_SECONDS), Duration.ofSeconds(STALE_SECONDS));

  private final Path folder;
  private final Rhythm rhythm;
  private final Holder holder;
  private LeaseFile file;
  private long beats;
  private boolean closed;
  private volatile Moment proved;
  private volatile boolean lost;
  private volatile boolean cancelled;

  /**
   * How often a holder gives a sign of life, and after how long without one it is dead.
   *
   * @param stale several times {@code beat}
   */
  record Rhythm(Duration beat, Duration stale) {
    /** For how long a sign of one's own is proof enough that nobody else can have the lease. */
    Duration trusted() {
      return stale.dividedBy(2);
    }

    /** For how long a silent holder is watched: clocks of cluster file systems may lie. */
    Duration watched() {
      return beat.multipliedBy(3);
    }
  }

  private enum Judgement {
    FREE,
    SILENT,
    ALIVE
  }

  /** A moment by both clocks: one may stand still while a machine sleeps, the other may be set. */
  private record Moment(long nanos, long wallMillis) {
    static Moment now() {
      return new Moment(System.nanoTime(), System.currentTimeMillis());
    }

    boolean longerAgoThan(Duration duration) {
      return System.nanoTime() - nanos > duration.toNanos()
          || System.currentTimeMillis() - wallMillis > duration.toMillis();
    }
  }

  private Lease(Path folder, Rhythm rhythm, Holder holder, LeaseFile file, Moment proved) {
    this.folder = folder;
    this.rhythm = rhythm;
    this.holder = holder;
    this.file = file;
    this.proved = proved;
  }

  /**
   * Takes the lease of a cell if nobody alive has it; until closed, a thread keeps it alive. Takes
   * a quarter of a minute where the holder's process is on another host and silent.
   *
   * @param folder of the cell
   */
  public static Optional<Lease> take(Path folder) throws IOException {
    return take(folder, RHYTHM, FolderClock.SERVER);
  }

  static Optional<Lease> take(Path folder, Rhythm rhythm, FolderClock clock) throws IOException {
    Files.createDirectories(folder);
    long newest = LeaseFile.newest(folder);
    if (newest > 0 && !free(new LeaseFile(folder, newest), rhythm, clock)) {
      return Optional.empty();
    }
    Holder holder = Holder.here();
    Moment begun = Moment.now();
    Optional<LeaseFile> file = LeaseFile.create(folder, newest + 1, content(holder, 0, false));
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Lease lease = new Lease(folder, rhythm, holder, file.get(), begun);
    lease.beat(); // making the file may have taken so long that others think us dead
    if (lease.lost) {
      return Optional.empty();
    }
    Thread thread = new Thread(lease::keepAlive, "instar-lease");
    thread.setDaemon(true);
    thread.start();
    return Optional.of(lease);
  }

  private static boolean free(LeaseFile file, Rhythm rhythm, FolderClock clock) throws IOException {
    Optional<LeaseFile.Sight> sight = file.look();
    if (sight.isEmpty()) {
      return false; // somebody came after its holder just now
    }
    return switch (judge(file.folder(), sight.get(), rhythm, clock)) {
      case FREE -> true;
      case ALIVE -> false;
      case SILENT -> {
        sleep(rhythm.watched());
        yield file.look().equals(sight);
      }
    };
  }

  private static Judgement judge(
      Path folder, LeaseFile.Sight sight, Rhythm rhythm, FolderClock clock) throws IOException {
    if (sight.content().isPresent()) {
      LeaseFile.Content content = sight.content().get();
      if (content.released() || content.holder().gone()) {
        return Judgement.FREE;
      }
    }
    // A file of the future says as little as an old one: hosts that disagree give files their
    // times.
    Duration age = Duration.between(sight.modified(), clock.now(folder)).abs();
    return age.compareTo(rhythm.stale()) > 0 ? Judgement.SILENT : Judgement.ALIVE;
  }

  private static void sleep(Duration duration) throws InterruptedIOException {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a lease was waited for");
    }
  }

  /** Who holds the cell and is alive. */
  public static Optional<Holder> holder(Path folder) throws IOException {
    return holder(folder, RHYTHM, FolderClock.SERVER);
  }

  static Optional<Holder> holder(Path folder, Rhythm rhythm, FolderClock clock) throws IOException {
    long newest = LeaseFile.newest(folder);
    Optional<LeaseFile.Sight> sight =
        newest == 0 ? Optional.empty() : new LeaseFile(folder, newest).look();
    if (sight.isEmpty() || judge(folder, sight.get(), rhythm, clock) != Judgement.ALIVE) {
      return Optional.empty();
    }
    Instant modified = sight.get().modified();
    return Optional.of(
        sight
            .get()
            .content()
            .map(LeaseFile.Content::holder)
            .orElseGet(() -> new Holder("unknown", "", 0, "", "", modified)));
  }

  /** This process, as others see it. */
  public Holder holder() {
    return holder;
  }

  /**
   * Whether another process has taken the cell over, or the sweep was cancelled: the holder must
   * stop and write nothing more. Quick, but after a sleep it asks the file system.
   */
  public boolean lost() {
    if (!lost && proved.longerAgoThan(rhythm.trusted())) {
      beat();
    }
    return lost || cancelled;
  }

  private void keepAlive() {
    while (pause()) {
      beat();
    }
  }

  /** Until the next sign of life is due; false if there will be none. */
  private synchronized boolean pause() {
    long end = System.nanoTime() + rhythm.beat().toNanos();
    for (long left = 1; left > 0 && !closed && !lost; ) {
      left = (end - System.nanoTime()) / 1_000_000;
      if (left > 0) {
        try {
          wait(left);
        } catch (InterruptedException e) {
          return false; // nobody interrupts it but a virtual machine that ends
        }
      }
    }
    return !closed && !lost;
  }

  /** Gives a sign of life, and looks whether the lease is still ours. */
  private synchronized void beat() {
    if (closed || lost) {
      return;
    }
    Moment begun = Moment.now();
    try {
      cancelled = cancelled || Files.exists(folder.resolve(CANCELLED));
      file.write(content(holder, ++beats, false));
      // After a sleep others may be about to take the next number: it is theirs or ours.
      lost =
          LeaseFile.newest(folder) > file.number()
              || proved.longerAgoThan(rhythm.trusted()) && !renew();
      proved = begun;
    } catch (NoSuchFileException e) {
      lost = true;
    } catch (IOException e) {
      // Others see no sign of life: for a time that does no harm.
      lost = proved.longerAgoThan(rhythm.stale());
    }
  }

  private boolean renew() throws IOException {
    Optional<LeaseFile> next =
        LeaseFile.create(folder, file.number() + 1, content(holder, beats, false));
    file = next.orElse(file);
    return next.isPresent();
  }

  private static LeaseFile.Content content(Holder holder, long beats, boolean released) {
    return new LeaseFile.Content(holder, beats, released);
  }

  /** Gives the lease back. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    notifyAll();
    if (!lost) {
      try {
        file.write(content(holder, beats, true));
      } catch (NoSuchFileException e) {
        // Somebody has come after us, and removed the file.
      }
    }
  }
}
