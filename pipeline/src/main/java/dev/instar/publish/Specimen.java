package dev.instar.publish;

/**
 * One record that is published.
 *
 * @param row its row in the table
 * @param values the row's values by column; empty where there is nothing
 * @param key its name in a shard or folder: letters, digits, hyphens and underscores
 * @param fileName the last component of its name in the collection
 * @param picture its picture
 */
record Specimen(int row, String[] values, String key, String fileName, Picture picture) {}
