package dev.instar.crop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Puts rows that follow each other and name the same photograph together to a record. */
final class RecordRuns implements BoxRow.Sink {
  /** Takes the records of a file, one after the other. */
  interface Sink {
    void add(BoxRecord photograph) throws IOException;
  }

  private final Sink sink;
  private final List<BoxRow> run = new ArrayList<>();

  RecordRuns(Sink sink) {
    this.sink = sink;
  }

  @Override
  public void add(BoxRow row) throws IOException {
    if (!run.isEmpty() && !run.get(0).key().equals(row.key())) {
      end();
    }
    run.add(row);
  }

  /** Hands on the last record. */
  void end() throws IOException {
    if (!run.isEmpty()) {
      sink.add(BoxRow.record(run));
      run.clear();
    }
  }
}
