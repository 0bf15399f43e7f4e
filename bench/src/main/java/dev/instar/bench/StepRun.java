package dev.instar.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.torch.LibTorch;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long a training step takes, and which part of it the JVM costs: each step's milliseconds
 * after the warm-up, as JSON. The same work as {@code peers/step.py}.
 *
 * <p>{@code bench/java dev.instar.bench.StepRun MODEL BATCH STEPS nchw|channels-last THREADS}. The
 * share of Java is that of Flight Recorder's samples of the training thread in Java code, plus the
 * time that garbage collection took of the whole.
 */
final class StepRun {
  private static final int WARM_UP = 2;

  private StepRun() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 5) {
      throw new IllegalArgumentException("MODEL BATCH STEPS nchw|channels-last THREADS");
    }
    int threads = Integer.parseInt(arguments[4]);
    LibTorch.load(threads);
    boolean channelsLast = arguments[3].equals("channels-last");
    try (TrainingStep step =
        new TrainingStep(arguments[0], Integer.parseInt(arguments[1]), channelsLast)) {
      for (int i = 0; i < WARM_UP; i++) {
        step.run();
      }
      System.out.println(
          new ObjectMapper()
              .writeValueAsString(measure(step, Integer.parseInt(arguments[2]), threads)));
    }
  }

  private static Map<String, Object> measure(TrainingStep step, int steps, int threads)
      throws IOException {
    double[] milliseconds = new double[steps];
    double loss = 0;
    long collected = collectionMillis();
    JavaShare.Counts samples;
    try (JavaShare share = new JavaShare(Thread.currentThread().getName())) {
      for (int i = 0; i < steps; i++) {
        long begin = System.nanoTime();
        loss = step.run();
        milliseconds[i] = (System.nanoTime() - begin) / 1e6;
      }
      samples = share.stop();
    }
    double all = 0;
    for (double one : milliseconds) {
      all += one;
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("milliseconds", milliseconds);
    result.put("parameters", step.parameters());
    result.put("loss", loss);
    result.put("threads", threads);
    result.put("versions", "LibTorch " + LibTorch.version());
    result.put("samples_in_java", samples.java());
    result.put("samples_in_native", samples.inNative());
    result.put("java_share", samples.share() + (collectionMillis() - collected) / all);
    return result;
  }

  private static long collectionMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }
}
