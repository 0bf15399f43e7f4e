package dev.instar.synth;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A made-up metadata table of any size without photographs: the published columns and class counts,
 * invented families, genera and species below, BINs, and barcodes that differ between species more
 * than within. A row depends on the number of records, the seed and its index alone. Immutable;
 * safe for any number of threads.
 */
public final class SyntheticMetadata {
  private static final int CHUNK = 4096;

  // Of 1,112,968 records with a family, how many are named at each rank below (BIOSCAN-1M).
  private static final double WITH_FAMILY = 1_112_968;
  private static final double SUBFAMILY = 265_492 / WITH_FAMILY;
  private static final double TRIBE = 60_477 / WITH_FAMILY;
  private static final double GENUS = 254_096 / WITH_FAMILY;
  private static final double SPECIES = 84_397 / WITH_FAMILY;
  private static final int GENERA_PER_SUBFAMILY = 5;
  private static final int SUBFAMILIES_PER_TRIBE = 2;

  private final int records;
  private final long seed;
  private final Census census;
  private final Permutation places;
  private final Permutation ranks;
  private final BarcodeTree barcodes;

  /**
   * A table of {@code records} records.
   *
   * @param seed chooses one of many
   */
  public SyntheticMetadata(int records, long seed) {
    if (records < 1) {
      throw new IllegalArgumentException("a table of " + records + " records, it needs 1 or more");
    }
    this.records = records;
    this.seed = seed;
    census = new Census(records);
    places = new Permutation(seed, records);
    ranks = new Permutation(~seed, Math.max(1, census.named()));
    barcodes = new BarcodeTree(seed, census);
  }

  /** The header's line, without its end. */
  public static String header() {
    return SampleMetadata.header();
  }

  /** The line of the record {@code index}, from 0, without its end. */
  public String row(int index) {
    int place = places.of(index);
    int bin = census.binAt(place);
    Taxon taxon = census.taxonOf(bin);
    int speciesNumber = census.rankOf(bin) % taxon.species();
    int genusNumber = speciesNumber % taxon.genera();
    int subfamilyNumber = genusNumber / GENERA_PER_SUBFAMILY;
    String missing = Lineage.NOT_CLASSIFIED;
    String subfamily = missing;
    String tribe = missing;
    String genus = missing;
    String species = missing;
    if (taxon.hasFamily()) {
      // Shares of a shuffling are exact, where dice would only come near.
      double rank = (double) ranks.of(place) / census.named();
      String family = taxon.family();
      genus = InventedNames.genus(family, genusNumber);
      species =
          rank < SPECIES ? InventedNames.species(genus, speciesNumber / taxon.genera()) : missing;
      genus = rank < GENUS ? genus : missing;
      subfamily =
          rank < SUBFAMILY ? InventedNames.familyGroup(family, subfamilyNumber, "inae") : missing;
      tribe =
          rank < TRIBE
              ? InventedNames.familyGroup(family, subfamilyNumber / SUBFAMILIES_PER_TRIBE, "ini")
              : missing;
    }
    Lineage lineage =
        new Lineage(
            taxon.order(),
            taxon.family(),
            taxon.number(),
            census.rankOf(bin),
            uri(bin),
            genus,
            species);
    return SampleMetadata.row(
        Sample.of(seed, index, lineage),
        subfamily,
        tribe,
        genus,
        species,
        barcodes.of(taxon, speciesNumber, bin, index));
  }

  private static String uri(int bin) {
    int thousands = bin / 10_000;
    return String.format(
        Locale.ROOT, "BOLD:Z%c%c%04d", 'A' + thousands / 26, 'A' + thousands % 26, bin % 10_000);
  }

  /**
   * Writes {@code metadata.tsv} into {@code folder}, which is made where it is missing; a table of
   * that name is replaced.
   *
   * @param threads that make rows, at least 1; the bytes do not depend on it
   * @throws InterruptedException if the calling thread is interrupted
   */
  public void write(Path folder, int threads) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve("metadata.tsv")))) {
      out.write((header() + "\n").getBytes(StandardCharsets.US_ASCII));
      Deque<Future<byte[]>> ahead = new ArrayDeque<>();
      for (int next = 0; next < records || !ahead.isEmpty(); ) {
        if (ahead.size() < 2 * threads && next < records) {
          int from = next;
          next = Math.min(records, next + CHUNK);
          int to = next;
          ahead.add(workers.submit(() -> rows(from, to)));
        } else {
          out.write(ahead.remove().get());
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a row cannot be made: " + e.getCause(), e.getCause());
    } finally {
      workers.shutdownNow();
    }
  }

  private byte[] rows(int from, int to) {
    StringBuilder rows = new StringBuilder();
    for (int index = from; index < to; index++) {
      rows.append(row(index)).append('\n');
    }
    return rows.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
