import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

/**
 * DuckDB: the distinct values of every rank, the BINs and the barcodes of a specimen table. Usage:
 * java -cp duckdb_jdbc.jar DuckDbStats.java TABLE
 */
class DuckDbStats {
  private static final String COLUMNS =
      "phylum class order family subfamily tribe genus species uri nucraw";

  public static void main(String[] arguments) throws Exception {
    StringBuilder counts = new StringBuilder("count(sampleid)");
    for (String column : COLUMNS.split(" ")) {
      counts.append(", count(DISTINCT \"").append(column).append("\")");
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET threads=2");
      String scan =
          "SELECT " + counts + " FROM read_csv('" + arguments[0] + "', delim='\t', header=true, quote='', all_varchar=true)";
      try (ResultSet row = statement.executeQuery(scan)) {
        row.next();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          System.out.println(row.getLong(i));
        }
      }
    }
  }
}
