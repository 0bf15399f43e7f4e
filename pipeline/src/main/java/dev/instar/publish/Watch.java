package dev.instar.publish;

/** Who looks on while a publication is written. */
public interface Watch {
  /** Nobody: never stops it, is told nothing. */
  Watch NOBODY =
      new Watch() {
        @Override
        public boolean stopRequested() {
          return false;
        }

        @Override
        public void begin(long records) {}

        @Override
        public void progress(long done, long refused, long bytes) {}

        @Override
        public void end() {}
      };

  /** Whether to end after the record in work. */
  boolean stopRequested();

  /** The number of records that will be met. */
  void begin(long records);

  /**
   * How far it is.
   *
   * @param done records written, or found written
   * @param refused records that could not be
   * @param bytes of the pictures so far
   */
  void progress(long done, long refused, long bytes);

  /** No record is left, or it was stopped. */
  void end();
}
