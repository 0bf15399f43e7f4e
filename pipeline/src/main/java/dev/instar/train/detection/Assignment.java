package dev.instar.train.detection;

import java.util.Arrays;

/**
 * The cheapest way to pair rows with columns, each with at most one: the linear assignment problem.
 *
 * <p>Shortest augmenting paths with dual prices (Jonker and Volgenant 1987; rectangular as in
 * Crouse 2016): {@code O(least^2 most)} for sides of these lengths.
 */
final class Assignment {
  private static final int NONE = -1;

  private final double[] costs;
  private final int rows;
  private final int columns;

  /** What leaves a row, or a column, as cheap as its best pair: the dual solution. */
  private final double[] rowPrice;

  private final double[] columnPrice;

  private final int[] columnOf;
  private final int[] rowOf;

  // Of the search for one row: what reaching a column costs, from which row, and whether that is
  // settled.
  private final double[] distance;
  private final int[] from;
  private final boolean[] settled;

  private Assignment(double[] costs, int rows, int columns) {
    this.costs = costs;
    this.rows = rows;
    this.columns = columns;
    rowPrice = new double[rows];
    columnPrice = new double[columns];
    columnOf = new int[rows];
    rowOf = new int[columns];
    distance = new double[columns];
    from = new int[columns];
    settled = new boolean[columns];
    Arrays.fill(columnOf, NONE);
    Arrays.fill(rowOf, NONE);
  }

  /**
   * Pairs as many as there are on the shorter side, at the least sum of costs.
   *
   * @param costs row by row, all finite
   * @return the column of each row, -1 for rows that are left over
   */
  static int[] of(double[] costs, int rows, int columns) {
    if (costs.length != rows * columns) {
      throw new IllegalArgumentException(
          costs.length + " costs of " + rows + " rows and " + columns + " columns");
    }
    for (double cost : costs) {
      if (!Double.isFinite(cost)) {
        throw new IllegalArgumentException("a cost of " + cost);
      }
    }
    if (rows > columns) {
      return new Assignment(transposed(costs, rows, columns), columns, rows).solved().rowOf;
    }
    return new Assignment(costs, rows, columns).solved().columnOf;
  }

  private static double[] transposed(double[] costs, int rows, int columns) {
    double[] turned = new double[costs.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[column * rows + row] = costs[row * columns + column];
      }
    }
    return turned;
  }

  private Assignment solved() {
    for (int row = 0; row < rows; row++) {
      augment(row);
    }
    return this;
  }

  /** Finds the cheapest chain of exchanges that gives {@code first} a column too. */
  private void augment(int first) {
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    Arrays.fill(settled, false);
    int row = first;
    double reached = 0;
    int column;
    do {
      relax(row, reached);
      column = nearest();
      settled[column] = true;
      reached = distance[column];
      row = rowOf[column];
    } while (row != NONE);
    raisePrices(first, reached);
    while (row != first) {
      row = from[column];
      rowOf[column] = row;
      int left = columnOf[row];
      columnOf[row] = column;
      column = left;
    }
  }

  private void relax(int row, double reached) {
    for (int column = 0; column < columns; column++) {
      double through =
          reached + costs[row * columns + column] - rowPrice[row] - columnPrice[column];
      if (!settled[column] && through < distance[column]) {
        distance[column] = through;
        from[column] = row;
      }
    }
  }

  /** The nearest column that is not settled; of equally near ones, one that is free. */
  private int nearest() {
    int nearest = NONE;
    for (int column = 0; column < columns; column++) {
      if (!settled[column]
          && (nearest == NONE
              || distance[column] < distance[nearest]
              || (distance[column] == distance[nearest] && rowOf[column] == NONE))) {
        nearest = column;
      }
    }
    return nearest;
  }

  private void raisePrices(int first, double reached) {
    rowPrice[first] += reached;
    for (int column = 0; column < columns; column++) {
      if (settled[column] && distance[column] < reached) {
        columnPrice[column] += distance[column] - reached;
        if (rowOf[column] != NONE) {
          rowPrice[rowOf[column]] += reached - distance[column];
        }
      }
    }
  }
}
