/**
 * Conversion of photographs into training-ready collections: parallel, resumable, and with every
 * bad record accounted for.
 */
package dev.instar.convert;
