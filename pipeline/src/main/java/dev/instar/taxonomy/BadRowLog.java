package dev.instar.taxonomy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where bad rows lie, noted while a table is read; their lines are counted only if there are any.
 * Not thread-safe.
 */
final class BadRowLog {
  private record Place(long position, String reason) {}

  private final List<Place> first = new ArrayList<>();
  private long count;

  /** Notes the row that starts at {@code position}; one log sees rows in the order of the file. */
  void add(long position, String reason) {
    count++;
    if (first.size() < BadRows.NAMED) {
      first.add(new Place(position, reason));
    }
  }

  /** What several logs of one file noted together. */
  static BadRows named(List<BadRowLog> logs, TableFile file) throws IOException {
    List<Place> places = new ArrayList<>();
    long count = 0;
    for (BadRowLog log : logs) {
      places.addAll(log.first);
      count += log.count;
    }
    places.sort(Comparator.comparingLong(Place::position));
    List<BadRow> rows = new ArrayList<>();
    byte[] buffer = new byte[1 << 20];
    long line = 1;
    long counted = 0;
    for (Place place : places.subList(0, Math.min(BadRows.NAMED, places.size()))) {
      while (counted < place.position()) {
        int length = (int) Math.min(buffer.length, place.position() - counted);
        file.read(counted, buffer, 0, length);
        line += RowScanner.count(buffer, 0, length, (byte) '\n');
        counted += length;
      }
      rows.add(new BadRow(line, place.reason()));
    }
    return new BadRows(count, rows);
  }
}
