package dev.instar.fetch;

import java.net.URI;

/**
 * One address of a published file.
 *
 * @param source who keeps it
 * @param uri where a GET begins; it may lead elsewhere
 */
public record Location(Source source, URI uri) {}
