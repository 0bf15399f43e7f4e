package dev.instar.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReorderWindowTest {
  private static Outcome<String> numbered(long number) {
    return new Outcome.Refused<>(new InputException(Fault.CORRUPT, "test"), number);
  }

  @Test
  void givesResultsInOrderWhateverTheOrderInWhichTheyCome() throws InterruptedException {
    int results = 2000;
    AtomicLong next = new AtomicLong();
    try (ReorderWindow<Outcome<String>> window = new ReorderWindow<>(7)) {
      List<Thread> workers = new ArrayList<>();
      for (int w = 0; w < 4; w++) {
        SplittableRandom random = new SplittableRandom(w);
        Thread worker =
            new Thread(
                () -> {
                  try {
                    for (long n = next.getAndIncrement(); n < results; n = next.getAndIncrement()) {
                      ReorderWindow.Slot<Outcome<String>> slot = window.acquire(n);
                      for (int spin = random.nextInt(2000); spin > 0; spin--) {
                        Thread.onSpinWait();
                      }
                      window.fill(slot, numbered(n));
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
        worker.start();
        workers.add(worker);
      }
      for (long n = 0; n < results; n++) {
        ReorderWindow.Slot<Outcome<String>> slot = null;
        while (slot == null) {
          slot = window.next(1000);
        }
        assertThat(window.isNext(n)).isTrue();
        assertThat(slot.outcome.bytesRead()).isEqualTo(n);
        window.release(slot);
      }
      for (Thread worker : workers) {
        worker.join();
      }
    }
  }

  @Test
  void holdsBackWorkersThatAreTooFarAhead() throws InterruptedException {
    try (ReorderWindow<Outcome<String>> window = new ReorderWindow<>(2)) {
      window.acquire(0);
      window.acquire(1);
      Thread ahead =
          new Thread(
              () -> {
                try {
                  assertThat(window.acquire(2)).isNull();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      ahead.start();
      ahead.join(50);
      assertThat(ahead.isAlive()).isTrue();
      window.stop();
      ahead.join();
    }
  }

  @Test
  void saysNothingWhileTheNextResultIsMissing() throws InterruptedException {
    try (ReorderWindow<Outcome<String>> window = new ReorderWindow<>(4)) {
      window.fill(window.acquire(1), numbered(1));
      assertThat(window.next(1)).isNull();
      window.fill(window.acquire(0), numbered(0));
      assertThat(window.next(1).outcome.bytesRead()).isZero();
    }
  }
}
