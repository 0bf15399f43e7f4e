package dev.instar.publish;

/**
 * A picture as a file.
 *
 * @param bytes its content
 * @param extension what its content is, without a dot: {@code jpg}
 */
record Picture(byte[] bytes, String extension) {}
