/** Specimen tables: reading, statistics, checks, and conversion between their file forms. */
package dev.instar.taxonomy;
