package dev.instar.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Which part of one thread's time was spent in Java code, the rest being inside native libraries:
 * from Flight Recorder's samples of where the thread is. Crossing from one to the other (25 ns a
 * call) is in neither.
 */
final class JavaShare implements AutoCloseable {
  private static final String IN_JAVA = "jdk.ExecutionSample";
  private static final String IN_NATIVE = "jdk.NativeMethodSample";
  private static final Duration PERIOD = Duration.ofMillis(10);

  private final Recording recording = new Recording();
  private final String thread;

  /** Starts sampling the thread of that name. */
  JavaShare(String thread) {
    this.thread = thread;
    recording.enable(IN_JAVA).withPeriod(PERIOD);
    recording.enable(IN_NATIVE).withPeriod(PERIOD);
    recording.start();
  }

  /** Stops sampling; the number of samples of each of the two. */
  Counts stop() throws IOException {
    recording.stop();
    Path file = Files.createTempFile("instar-bench", ".jfr");
    try {
      recording.dump(file);
      int java = 0;
      int inNative = 0;
      for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
        RecordedThread sampled = event.getThread("sampledThread");
        if (sampled != null && thread.equals(sampled.getJavaName())) {
          if (event.getEventType().getName().equals(IN_JAVA)) {
            java++;
          } else {
            inNative++;
          }
        }
      }
      return new Counts(java, inNative);
    } finally {
      Files.delete(file);
    }
  }

  /** Samples of a thread. */
  record Counts(int java, int inNative) {
    /** The part that was in Java, 0 where nothing was seen. */
    double share() {
      return java + inNative == 0 ? 0 : (double) java / (java + inNative);
    }
  }

  @Override
  public void close() {
    recording.close();
  }
}
