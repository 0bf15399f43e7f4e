package dev.instar.publish;

/**
 * A record that could not be published.
 *
 * @param row its row in the table
 * @param location where it is
 * @param reason one of a few words
 * @param message what is wrong with it
 */
public record Refusal(int row, String location, String reason, String message) {}
